package sx.lower;

import static sx.lower.FunctionLowering.NONE;

import java.nio.charset.StandardCharsets;
import java.util.List;
import sx.ir.Inst;
import sx.ir.IrBuilder;
import sx.sema.tree.Constant;
import sx.sema.tree.Tree;
import sx.sema.tree.Tree.Expr;
import sx.source.Span;
import sx.type.Layout;
import sx.type.Type;
import sx.type.Types;

/** Expressions as values in registers, and for effect only. */
final class Values {
  private final FunctionLowering f;
  private final IrBuilder b;
  private final Layout layout;

  Values(FunctionLowering f) {
    this.f = f;
    this.b = f.b;
    this.layout = f.layout;
  }

  /** Evaluates an expression; its register, or NONE where the type has no values. */
  int value(Expr e) {
    if (!f.hasValue(e.type())) {
      effect(e);
      return NONE;
    }
    Span before = b.at(e.span());
    int value = compute(e);
    b.at(before);
    return value;
  }

  /** Evaluates an expression and drops its value. */
  void effect(Expr e) {
    Span before = b.at(e.span());
    switch (e) {
      case Tree.Const c -> {}
      case Tree.Undefined u -> {}
      case Tree.LocalRef r -> {}
      case Tree.GlobalRef r -> {}
      case Tree.FunctionRef r -> {}
      case Tree.Deref d -> effect(d.pointer());
      case Tree.Field p -> effect(p.base());
      case Tree.Payload p -> effect(p.optional());
      case Tree.Index i -> {
        effect(i.base());
        effect(i.index());
      }
      case Tree.Temporary t -> effect(t.value());
      case Tree.AddressOf a -> effect(a.place());
      case Tree.Convert c -> effect(c.operand());
      case Tree.Aggregate a -> a.parts().forEach(p -> effect(p.value()));
      case Tree.Fill p -> effect(p.element());
      case Tree.If i -> f.control.effect(i);
      case Tree.Switch s -> f.control.effect(s);
      case Tree.Block k -> f.control.effect(k);
      default -> compute(e);
    }
    b.at(before);
  }

  private int compute(Expr e) {
    return switch (e) {
      case Tree.Const c -> constant(c);
      case Tree.Undefined u -> b.undefined(layout.machine(u.type()));
      case Tree.LocalRef r -> f.unaligned.kept(r.local(), f.load(r.type(), f.places.address(r)));
      case Tree.GlobalRef r -> f.load(r.type(), f.places.address(r));
      case Tree.Deref d -> f.load(d.type(), f.places.address(d));
      case Tree.Temporary t -> value(t.value());
      case Tree.Field p -> f.places.field(p);
      case Tree.Payload p ->
          layout.isScalar(p.optional().type())
              ? value(p.optional())
              : f.load(p.type(), f.places.address(p.optional()));
      case Tree.Index i -> f.load(i.type(), f.places.element(i));
      case Tree.Subslice s -> f.places.subslice(s);
      case Tree.AddressOf a -> f.places.address(a.place());
      case Tree.FunctionRef r -> b.functionAddress(f.lowering.function(r.function()));
      case Tree.Arithmetic a -> arithmetic(a);
      case Tree.Negate n -> unary(Inst.UnaryKind.NEG, n.type(), n.operand());
      case Tree.BitNot n -> unary(Inst.UnaryKind.NOT, n.type(), n.operand());
      case Tree.Not n -> unary(Inst.UnaryKind.NOT, Types.BOOL, n.operand());
      case Tree.Compare c -> f.comparisons.compare(c);
      case Tree.CompareChain c -> f.comparisons.chain(c);
      case Tree.Truth t -> f.comparisons.truth(t.operand());
      case Tree.And a -> f.control.shortCircuit(a.left(), a.right(), true);
      case Tree.Or o -> f.control.shortCircuit(o.left(), o.right(), false);
      case Tree.Convert c -> f.conversions.convert(c);
      case Tree.Call c -> f.calls.call(c);
      case Tree.CallIndirect c -> f.calls.indirect(c);
      case Tree.Aggregate a -> f.aggregates.value(a);
      case Tree.Fill p -> f.aggregates.inMemory(p);
      case Tree.If i -> f.control.value(i);
      case Tree.Switch s -> f.control.value(s);
      case Tree.Block k -> f.control.value(k);
      case Tree.Jump j -> {
        f.statements.lower(j.statement());
        yield NONE;
      }
      case Tree.Reflect r -> reflect(r);
      case Tree.MathCall m ->
          b.math(Inst.MathKind.valueOf(m.op().name()), m.type(), value(m.operand()));
      case Tree.ContextPointer p -> f.contexts.pointer();
      case Tree.Push p -> {
        f.contexts.push(p);
        yield NONE;
      }
      case Tree.IsComptime i -> b.isComptime();
    };
  }

  /** Whether a constant is made by instructions; the others are loaded from read-only objects. */
  boolean isImmediate(Tree.Const c) {
    return layout.isScalar(c.type())
        || c.value() instanceof Constant.Zero
        || (c.value() instanceof Constant.Text && !(c.type() instanceof Type.Array));
  }

  private int constant(Tree.Const c) {
    Type type = c.type();
    if (!isImmediate(c)) {
      return b.load(type, b.globalAddress(f.lowering.constant(type, c.value())));
    }
    return layout.isScalar(type) ? scalar(layout.machine(type), c.value()) : words(type, c.value());
  }

  private int words(Type type, Constant value) {
    if (!(value instanceof Constant.Text t)) {
      return b.zero(type);
    }
    return b.aggregate(type, List.of(text(t), f.word(t.bytes().length)));
  }

  private int text(Constant.Text t) {
    String key = new String(t.bytes(), StandardCharsets.ISO_8859_1);
    return b.globalAddress(f.lowering.program().text(key));
  }

  private int scalar(Type machine, Constant value) {
    return switch (value) {
      case Constant.Zero z -> machine.isFloat() ? b.constFloat(machine, 0) : b.constInt(machine, 0);
      case Constant.Int i when machine.isFloat() -> floatConstant(machine, (double) i.value());
      case Constant.Int i -> b.constInt(machine, Scalars.inRange(machine, i.value()));
      case Constant.Float d -> floatConstant(machine, d.value());
      case Constant.Text t -> text(t);
      case Constant.TypeValue t -> b.typeTag(t.type());
      case Constant.Present p -> scalar(machine, p.payload());
      case Constant.FunctionAddress a -> b.functionAddress(f.lowering.function(a.function()));
      case Constant.GlobalAddress g -> f.places.global(g.global());
      case Constant.Aggregate a -> throw misfit(machine, value);
      case Constant.Variant v -> throw misfit(machine, value);
    };
  }

  private int floatConstant(Type type, double value) {
    return b.constFloat(type, type.equals(Types.F32) ? (float) value : value);
  }

  private IllegalArgumentException misfit(Type type, Constant value) {
    return new IllegalArgumentException(
        value + " as a constant of type " + f.lowering.program().typeNames().of(type));
  }

  private int arithmetic(Tree.Arithmetic a) {
    Type type = layout.machine(a.type());
    int left = value(a.left());
    int right = value(a.right());
    if (type.isAddress()) {
      boolean back = a.op() == Tree.ArithmeticOp.SUB;
      Type step = layout.machine(a.right().type());
      return b.byteOffset(left, back ? b.unary(Inst.UnaryKind.NEG, step, right) : right);
    }
    Type count = layout.machine(a.right().type());
    if (isShift(a.op()) && !count.equals(type)) {
      right = b.convert(Inst.ConvertKind.INT_TO_INT, count, type, right);
    }
    return b.binary(Inst.BinaryKind.valueOf(a.op().name()), type, left, right);
  }

  private static boolean isShift(Tree.ArithmeticOp op) {
    return op == Tree.ArithmeticOp.SHL || op == Tree.ArithmeticOp.SHR;
  }

  private int unary(Inst.UnaryKind op, Type type, Expr operand) {
    return b.unary(op, layout.machine(type), value(operand));
  }

  private int reflect(Tree.Reflect r) {
    int subject = value(r.subject());
    int index = r.index().isPresent() ? value(r.index().get()) : NONE;
    return b.reflect(Inst.ReflectKind.valueOf(r.op().name()), subject, index);
  }
}
