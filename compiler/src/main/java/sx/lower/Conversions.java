package sx.lower;

import static sx.lower.FunctionLowering.NONE;

import java.util.List;
import sx.ir.Inst;
import sx.ir.IrBuilder;
import sx.sema.tree.Tree;
import sx.sema.tree.Tree.Expr;
import sx.type.Layout;
import sx.type.Type;
import sx.type.Types;

/** Every kind of {@link Tree.Conversion}. */
final class Conversions {
  private final FunctionLowering f;
  private final IrBuilder b;
  private final Layout layout;

  Conversions(FunctionLowering f) {
    this.f = f;
    this.b = f.b;
    this.layout = f.layout;
  }

  int convert(Tree.Convert c) {
    Expr operand = c.operand();
    return switch (c.kind()) {
      case INT -> number(Inst.ConvertKind.INT_TO_INT, c);
      case INT_TO_FLOAT -> number(Inst.ConvertKind.INT_TO_FLOAT, c);
      case FLOAT_TO_INT -> number(Inst.ConvertKind.FLOAT_TO_INT, c);
      case FLOAT -> number(Inst.ConvertKind.FLOAT_TO_FLOAT, c);
      case INT_TO_BOOL -> lowestBit(layout.machine(operand.type()), f.values.value(operand));
      case ADDRESS -> address(operand, layout.machine(c.type()));
      case ARRAY_VIEW -> {
        long length = ((Type.Array) operand.type()).length();
        int start = f.places.address(operand);
        yield b.aggregate(c.type(), List.of(start, f.word(length)));
      }
      case ARRAY_ADDRESS -> f.places.address(operand);
      case SLICE_ADDRESS -> f.places.firstElement(operand);
      case SAME_WORDS -> f.values.value(operand);
      case BOX -> {
        int place = boxed(operand);
        yield b.aggregate(c.type(), List.of(place, b.typeTag(operand.type())));
      }
      case WRAP -> wrap(c);
      case REINTERPRET -> reinterpret(operand, c.type());
    };
  }

  /** A void value has a null data word (types.any.8). */
  private int boxed(Expr operand) {
    if (f.hasValue(operand.type())) {
      return f.places.address(operand);
    }
    f.values.effect(operand);
    return f.nullAddress();
  }

  private int number(Inst.ConvertKind kind, Tree.Convert c) {
    Type from = layout.machine(c.operand().type());
    Type to = layout.machine(c.type());
    int value = f.values.value(c.operand());
    return from.equals(to) ? value : b.convert(kind, from, to, value);
  }

  private int lowestBit(Type from, int value) {
    if (from instanceof Type.Bool) {
      return value;
    }
    int bit =
        from.equals(new Type.Int(1, true, false))
            ? value
            : b.binary(Inst.BinaryKind.AND, from, value, b.constInt(from, 1));
    return b.compare(Inst.CompareKind.NE, from, bit, b.constInt(from, 0));
  }

  private int address(Expr operand, Type to) {
    Type from = layout.machine(operand.type());
    int value = f.values.value(operand);
    if (from.isAddress() && to.isAddress()) {
      return value;
    }
    if (from.isAddress()) {
      int word = b.convert(Inst.ConvertKind.ADDRESS, from, Types.U64, value);
      return to.equals(Types.U64)
          ? word
          : b.convert(Inst.ConvertKind.INT_TO_INT, Types.U64, to, word);
    }
    boolean wide = from instanceof Type.Int i && i.bits() == 64;
    int word = wide ? value : b.convert(Inst.ConvertKind.INT_TO_INT, from, Types.I64, value);
    return b.convert(Inst.ConvertKind.ADDRESS, wide ? from : Types.I64, to, word);
  }

  private int wrap(Tree.Convert c) {
    return layout.isScalar(c.type()) ? f.values.value(c.operand()) : f.aggregates.inMemory(c);
  }

  /** Stores a present optional: the payload, behind it the presence byte (types.layout.2). */
  void wrapInto(Tree.Convert c, int address, boolean fresh) {
    Type payload = c.operand().type();
    f.aggregates.into(c.operand(), address, fresh);
    if (!Layout.isNullable(payload)) {
      b.store(Types.U8, b.byteOffset(address, layout.size(payload)), b.constInt(Types.U8, 1));
    }
  }

  /** Whether an optional in memory that has a presence byte, or a null word, is present. */
  int isPresent(Type.Optional type, int address) {
    if (Layout.isNullable(type.payload())) {
      int word = f.load(Types.VOID_POINTER, address);
      return b.compare(Inst.CompareKind.NE, Types.VOID_POINTER, word, f.nullAddress());
    }
    int flag = b.load(Types.U8, b.byteOffset(address, layout.size(type.payload())));
    return b.compare(Inst.CompareKind.NE, Types.U8, flag, b.constInt(Types.U8, 0));
  }

  /** Through zeroed memory as large as the larger type and aligned for both (types.xx.7). */
  private int reinterpret(Expr operand, Type to) {
    Type from = operand.type();
    int value = f.values.value(operand);
    if (!f.hasValue(to)) {
      return NONE;
    }
    if (!f.hasValue(from)) {
      return b.zero(layout.machine(to));
    }
    boolean scalars = layout.isScalar(from) && layout.isScalar(to);
    if (from.equals(to) || (scalars && layout.machine(from).equals(layout.machine(to)))) {
      return value;
    }
    boolean grows = layout.size(to) > layout.size(from);
    boolean fits = grows && layout.align(to) >= layout.align(from);
    Type memory =
        fits
            ? to
            : layout.align(from) >= layout.align(to) && !grows
                ? from
                : new Type.Tuple(List.of(grows ? to : from, grows ? from : to), List.of("", ""));
    int address = b.slotAddress(b.slot("bits", memory));
    if (grows) {
      b.store(memory, address, b.zero(memory));
    }
    f.store(from, address, value);
    return f.load(to, address);
  }
}
