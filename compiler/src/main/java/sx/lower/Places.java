package sx.lower;

import static sx.lower.FunctionLowering.NONE;

import java.util.List;
import sx.ir.Inst;
import sx.ir.IrBuilder;
import sx.sema.tree.Constant;
import sx.sema.tree.GlobalVar;
import sx.sema.tree.Tree;
import sx.sema.tree.Tree.Expr;
import sx.source.Span;
import sx.type.Layout;
import sx.type.Type;
import sx.type.Types;

/** Addresses of places, and what is read through them. */
final class Places {
  private final FunctionLowering f;
  private final IrBuilder b;
  private final Layout layout;

  Places(FunctionLowering f) {
    this.f = f;
    this.b = f.b;
    this.layout = f.layout;
  }

  /** Whether an expression lies in memory already, so that its parts can be read from there. */
  boolean isPlace(Expr e) {
    return switch (e) {
      case Tree.LocalRef r -> true;
      case Tree.GlobalRef r -> true;
      case Tree.Deref d -> true;
      case Tree.Temporary t -> true;
      case Tree.Const c -> f.hasValue(c.type()) && !f.values.isImmediate(c);
      case Tree.Field p -> isPlace(p.base());
      case Tree.Payload p -> isPlace(p.optional());
      case Tree.Index i -> isIndirect(i.base().type()) || isPlace(i.base());
      default -> false;
    };
  }

  /** The address of a place; of other values, that of a copy in the frame. */
  int address(Expr e) {
    return isPlace(e) ? direct(e) : spill(e);
  }

  private int direct(Expr e) {
    Span before = b.at(e.span());
    int address =
        switch (e) {
          case Tree.LocalRef r ->
              f.hasValue(r.type()) ? b.slotAddress(f.slot(r.local())) : f.nullAddress();
          case Tree.GlobalRef r -> global(r.global());
          case Tree.Deref d -> f.values.value(d.pointer());
          case Tree.Temporary t -> temporary(t);
          case Tree.Const c -> b.globalAddress(f.lowering.constant(c.type(), c.value()));
          case Tree.Field p -> f.unaligned.field(p.base().type(), direct(p.base()), p.index());
          case Tree.Payload p -> direct(p.optional());
          case Tree.Index i -> element(i);
          default -> throw new IllegalArgumentException("not a place: " + e.getClass());
        };
    b.at(before);
    return address;
  }

  int global(GlobalVar variable) {
    Lowering.Home home = f.lowering.home(variable);
    return b.byteOffset(b.globalAddress(home.global()), home.addend());
  }

  /**
   * The slot is one for the whole call, so the value may be made of what the slot held before, when
   * control comes here again: it is complete before it is stored.
   */
  private int temporary(Tree.Temporary t) {
    if (!f.hasValue(t.type())) {
      f.values.effect(t.value());
      return f.nullAddress();
    }
    int slot = b.slot("temporary", t.type());
    int address = b.slotAddress(slot);
    f.aggregates.into(t.value(), address, false);
    return address;
  }

  /** Copies a value into frame storage of its own; the address. */
  int spill(Expr e) {
    if (!f.hasValue(e.type())) {
      f.values.effect(e);
      return f.nullAddress();
    }
    int address = b.slotAddress(b.slot("value", e.type()));
    f.aggregates.into(e, address, true);
    return address;
  }

  /** Copies a register into frame storage of its own; the address. */
  int spill(Type type, int value) {
    int address = b.slotAddress(b.slot("value", type));
    f.store(type, address, value);
    return address;
  }

  /** The value of a field. */
  int field(Tree.Field p) {
    Expr base = p.base();
    Type whole = base.type();
    if (isPlace(base)) {
      return f.load(p.type(), f.unaligned.field(whole, direct(base), p.index()));
    }
    if (whole instanceof Type.Union || whole instanceof Type.Enum || isJoin(base)) {
      return f.load(p.type(), f.unaligned.field(whole, spill(base), p.index()));
    }
    return b.extract(whole, f.values.value(base), p.index());
  }

  /** Whether a value is brought together in memory anyway. */
  private static boolean isJoin(Expr e) {
    return e instanceof Tree.If || e instanceof Tree.Switch || e instanceof Tree.Block;
  }

  private static boolean isIndirect(Type type) {
    return type instanceof Type.Slice || type instanceof Type.Str || type.isAddress();
  }

  /** The address of an element; of one of a value without storage, in a copy of the whole. */
  int element(Tree.Index i) {
    Expr base = i.base();
    int start = isIndirect(base.type()) ? firstElement(base) : address(base);
    return elementAddress(i.type(), start, f.values.value(i.index()));
  }

  int elementAddress(Type element, int start, int index) {
    return layout.size(element) == 0 ? start : f.unaligned.element(element, start, index);
  }

  /** The address of the first element of a slice, string or many-pointer. */
  int firstElement(Expr base) {
    Type type = base.type();
    if (type.isAddress()) {
      return f.values.value(base);
    }
    return isPlace(base)
        ? f.load(Types.VOID_POINTER, f.unaligned.field(type, direct(base), 0))
        : b.extract(type, f.values.value(base), 0);
  }

  int subslice(Tree.Subslice s) {
    Expr base = s.base();
    int pointer;
    int length = NONE;
    boolean open = s.end().isEmpty();
    if (base.type() instanceof Type.Array a) {
      pointer = address(base);
      length = open ? f.word(a.length()) : NONE;
    } else if (open && !base.type().isAddress()) {
      int whole = f.values.value(base);
      pointer = b.extract(base.type(), whole, 0);
      length = b.extract(base.type(), whole, 1);
    } else {
      pointer = firstElement(base);
    }
    int start = s.start().isPresent() && !isZero(s.start().get()) ? value(s.start().get()) : NONE;
    int end = open ? length : value(s.end().get());
    if (start == NONE) {
      return b.aggregate(s.type(), List.of(pointer, end));
    }
    Type element = s.type() instanceof Type.Slice t ? t.element() : Types.U8;
    int from = elementAddress(element, pointer, start);
    return b.aggregate(
        s.type(), List.of(from, b.binary(Inst.BinaryKind.SUB, Types.I64, end, start)));
  }

  private int value(Expr e) {
    return f.values.value(e);
  }

  private static boolean isZero(Expr e) {
    return e instanceof Tree.Const c
        && (c.value() instanceof Constant.Zero || c.value().equals(new Constant.Int(0)));
  }
}
