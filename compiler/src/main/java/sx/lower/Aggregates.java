package sx.lower;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;
import sx.ir.Inst;
import sx.ir.IrBuilder;
import sx.sema.tree.Constant;
import sx.sema.tree.Tree;
import sx.sema.tree.Tree.Expr;
import sx.source.Span;
import sx.type.Layout;
import sx.type.Type;
import sx.type.Types;

/** Values of several parts, in registers and in memory. */
final class Aggregates {
  /** Larger aggregates are put together in memory. */
  private static final long REGISTER_BYTES = 128;

  /** Fills of up to this many elements are written out. */
  private static final long UNROLLED = 8;

  private final FunctionLowering f;
  private final IrBuilder b;
  private final Layout layout;

  Aggregates(FunctionLowering f) {
    this.f = f;
    this.b = f.b;
    this.layout = f.layout;
  }

  /**
   * Evaluates an expression into memory.
   *
   * @param fresh whether nothing that is evaluated can see that memory, so that it may be written
   *     part by part; otherwise all is evaluated before the first store
   */
  void into(Expr e, int address, boolean fresh) {
    if (!f.hasValue(e.type())) {
      f.values.effect(e);
      return;
    }
    Span before = b.at(e.span());
    switch (e) {
      case Tree.Undefined u -> {}
      case Tree.Aggregate a when fresh -> partByPart(a, address);
      case Tree.Aggregate a when !inRegister(a) -> partsFirst(a, address);
      case Tree.Fill p -> fill(p, address);
      case Tree.If i -> f.control.into(i, address, fresh);
      case Tree.Switch s -> f.control.into(s, address, fresh);
      case Tree.Block k -> f.control.into(k, address, fresh);
      case Tree.Convert c when c.kind() == Tree.Conversion.WRAP ->
          f.conversions.wrapInto(c, address, fresh);
      default -> f.store(e.type(), address, f.values.value(e));
    }
    b.at(before);
  }

  int value(Tree.Aggregate a) {
    return inRegister(a) ? parts(a) : inMemory(a);
  }

  /** The value of an expression that is put together in memory. */
  int inMemory(Expr e) {
    return f.load(e.type(), f.places.spill(e));
  }

  private boolean inRegister(Tree.Aggregate a) {
    boolean hasParts =
        switch (a.type()) {
          case Type.Struct s -> true;
          case Type.Tuple t -> true;
          case Type.Str s -> true;
          case Type.Slice s -> true;
          case Type.Any n -> true;
          case Type.Closure c -> true;
          case Type.Protocol p -> true;
          default -> false;
        };
    return hasParts
        && layout.size(a.type()) <= REGISTER_BYTES
        && layout.parts(a.type()).stream().allMatch(p -> f.hasValue(p.type()));
  }

  private int parts(Tree.Aggregate a) {
    List<Layout.Part> parts = layout.parts(a.type());
    List<Integer> registers =
        new ArrayList<>(Collections.nCopies(parts.size(), FunctionLowering.NONE));
    for (Tree.Part part : a.parts()) {
      registers.set(part.index(), f.values.value(part.value()));
    }
    for (int i = 0; i < parts.size(); i++) {
      if (registers.get(i) == FunctionLowering.NONE) {
        registers.set(i, b.undefined(layout.machine(parts.get(i).type())));
      }
    }
    return b.aggregate(a.type(), registers);
  }

  private void partByPart(Tree.Aggregate a, int address) {
    if (a.type() instanceof Type.Enum e && f.lowering.program().types().layout(e).isPresent()) {
      f.store(e, address, b.zero(e));
    }
    for (Tree.Part part : a.parts()) {
      if (!f.hasValue(part.value().type()) || part.value() instanceof Tree.Undefined) {
        f.values.effect(part.value());
      } else {
        into(part.value(), partAddress(a.type(), address, part), true);
      }
    }
  }

  /**
   * Assigns a tagged union that is made in place: what belongs to neither tag nor payload stays as
   * it was (types.lay.2). The value is evaluated before the place.
   */
  void assign(Tree.Aggregate a, IntSupplier place) {
    store(a, partValues(a), place.getAsInt());
  }

  private void partsFirst(Tree.Aggregate a, int address) {
    store(a, partValues(a), address);
  }

  private List<Integer> partValues(Tree.Aggregate a) {
    List<Integer> registers = new ArrayList<>();
    for (Tree.Part part : a.parts()) {
      registers.add(f.values.value(part.value()));
    }
    return registers;
  }

  private void store(Tree.Aggregate a, List<Integer> registers, int address) {
    for (int i = 0; i < registers.size(); i++) {
      Tree.Part part = a.parts().get(i);
      if (f.hasValue(part.value().type())) {
        f.store(part.value().type(), partAddress(a.type(), address, part), registers.get(i));
      }
    }
  }

  private int partAddress(Type whole, int address, Tree.Part part) {
    return switch (whole) {
      case Type.Array a -> elementAddress(a.element(), address, part.index());
      case Type.Vector v -> elementAddress(v.element(), address, part.index());
      default -> f.unaligned.field(whole, address, part.index());
    };
  }

  private int elementAddress(Type element, int address, long index) {
    return index == 0 ? address : f.places.elementAddress(element, address, f.word(index));
  }

  private void fill(Tree.Fill p, int address) {
    Type element = p.element().type();
    long count = p.type() instanceof Type.Vector v ? v.lanes() : ((Type.Array) p.type()).length();
    if (p.element() instanceof Tree.Const c && isZero(c.value())) {
      f.store(p.type(), address, b.zero(p.type()));
      return;
    }
    if (!isConstant(p.element())) {
      loop(count, index -> fillOne(p, address, index));
      return;
    }
    int value = f.values.value(p.element());
    if (!f.hasValue(element) || p.element() instanceof Tree.Undefined) {
      return;
    }
    if (count <= UNROLLED) {
      for (long i = 0; i < count; i++) {
        f.store(element, elementAddress(element, address, i), value);
      }
    } else {
      loop(
          count,
          index -> f.store(element, f.places.elementAddress(element, address, index), value));
    }
  }

  /** Evaluates the element for one index and stores it. */
  private void fillOne(Tree.Fill p, int address, int index) {
    Type element = p.element().type();
    if (!f.hasValue(element)) {
      f.values.effect(p.element());
      return;
    }
    int value = f.values.value(p.element());
    f.store(element, f.places.elementAddress(element, address, index), value);
  }

  private static boolean isConstant(Tree.Expr e) {
    return switch (e) {
      case Tree.Const c -> true;
      case Tree.Undefined u -> true;
      case Tree.Aggregate a -> a.parts().stream().allMatch(p -> isConstant(p.value()));
      case Tree.Fill p -> isConstant(p.element());
      case Tree.Convert k -> isConstant(k.operand());
      default -> false;
    };
  }

  private static boolean isZero(Constant value) {
    return value instanceof Constant.Zero
        || (value instanceof Constant.Int i && i.value() == 0)
        || (value instanceof Constant.Float d && Double.doubleToRawLongBits(d.value()) == 0);
  }

  /** Code that is run for each index below a count of at least one; it gets the index. */
  private void loop(long count, IntConsumer code) {
    if (count == 0) {
      return;
    }
    int slot = b.slot("index", Types.I64);
    b.storeSlot(Types.I64, slot, f.word(0));
    int body = b.newBlock();
    int end = b.newBlock();
    b.jump(body);
    b.position(body);
    code.accept(b.loadSlot(Types.I64, slot));
    int next = b.binary(Inst.BinaryKind.ADD, Types.I64, b.loadSlot(Types.I64, slot), f.word(1));
    b.storeSlot(Types.I64, slot, next);
    b.branch(b.compare(Inst.CompareKind.LT, Types.I64, next, f.word(count)), body, end);
    b.position(end);
  }
}
