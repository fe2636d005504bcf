package sx.lower;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import sx.ir.Body;
import sx.ir.Function;
import sx.ir.Inst;
import sx.ir.IrBuilder;
import sx.source.Span;
import sx.type.Layout;
import sx.type.Type;
import sx.type.Types;

/**
 * Equality of values that are not scalars (expr.eq). Types with parts get a function of their own,
 * made once for a program.
 */
final class Equality {
  private final Lowering lowering;
  private final Map<Type, Function> helpers = new HashMap<>();

  Equality(Lowering lowering) {
    this.lowering = lowering;
  }

  /** Compares two values of a type; the register of the bool. */
  int equal(IrBuilder b, Type type, int left, int right) {
    Layout layout = lowering.program().layout();
    if (layout.isScalar(type)) {
      return b.compare(Inst.CompareKind.EQ, layout.machine(type), left, right);
    }
    return switch (type) {
      case Type.Void v -> b.constBool(true);
      case Type.Slice s -> words(b, type, left, right);
      case Type.Closure c -> words(b, type, left, right);
      case Type.Str s -> b.call(helper(type, b.span()), List.of(left, right));
      case Type.Struct s -> b.call(helper(type, b.span()), List.of(left, right));
      case Type.Tuple t -> b.call(helper(type, b.span()), List.of(left, right));
      case Type.Optional o -> b.call(helper(type, b.span()), List.of(left, right));
      case Type.Enum e -> b.call(helper(type, b.span()), List.of(left, right));
      default ->
          throw new IllegalArgumentException(
              "equality of values of type " + lowering.program().typeNames().of(type));
    };
  }

  private static int words(IrBuilder b, Type type, int left, int right) {
    int address =
        b.compare(
            Inst.CompareKind.EQ,
            Types.VOID_POINTER,
            b.extract(type, left, 0),
            b.extract(type, right, 0));
    Type second = type instanceof Type.Closure ? Types.VOID_POINTER : Types.I64;
    int rest =
        b.compare(Inst.CompareKind.EQ, second, b.extract(type, left, 1), b.extract(type, right, 1));
    return b.binary(Inst.BinaryKind.AND, Types.BOOL, address, rest);
  }

  private Function helper(Type type, Span span) {
    Function known = helpers.get(type);
    if (known != null) {
      return known;
    }
    String name = type instanceof Type.Str ? "sx.string_equal" : "sx.equal";
    Function made =
        new Function(
            lowering.unique(name),
            List.of(type, type),
            Types.BOOL,
            false,
            Optional.empty(),
            Optional.empty(),
            f -> body(type, span));
    helpers.put(type, made);
    lowering.program().add(made);
    return made;
  }

  private Body body(Type type, Span span) {
    IrBuilder b = new IrBuilder(2, span);
    switch (type) {
      case Type.Str s -> strings(b);
      case Type.Optional o -> optionals(b, o);
      case Type.Enum e -> tags(b, e);
      default -> parts(b, type);
    }
    return b.finish(span);
  }

  private static void ret(IrBuilder b, boolean value) {
    b.ret(b.constBool(value));
  }

  /** Goes on if the condition holds, else returns false. */
  private static void require(IrBuilder b, int condition) {
    unless(b, condition, x -> ret(x, false));
  }

  /** Goes on if the condition holds, else ends otherwise. */
  private static void unless(IrBuilder b, int condition, Consumer<IrBuilder> otherwise) {
    int on = b.newBlock();
    int leave = b.newBlock();
    b.branch(condition, on, leave);
    b.position(leave);
    otherwise.accept(b);
    b.position(on);
  }

  private void parts(IrBuilder b, Type type) {
    List<Layout.Part> parts = lowering.program().layout().parts(type);
    for (int i = 0; i < parts.size(); i++) {
      Type part = parts.get(i).type();
      if (IrBuilder.hasResult(part)) {
        require(b, equal(b, part, b.extract(type, 0, i), b.extract(type, 1, i)));
      }
    }
    ret(b, true);
  }

  private static int spill(IrBuilder b, Type type, int value) {
    int address = b.slotAddress(b.slot("value", type));
    b.store(type, address, value);
    return address;
  }

  private void tags(IrBuilder b, Type.Enum type) {
    Type.Int tag = lowering.program().types().backing(type);
    int left = b.load(tag, b.fieldAddress(type, spill(b, type, 0), 0));
    int right = b.load(tag, b.fieldAddress(type, spill(b, type, 1), 0));
    b.ret(b.compare(Inst.CompareKind.EQ, tag, left, right));
  }

  /** The payloads are read only if both are present (opt.eq). */
  private void optionals(IrBuilder b, Type.Optional type) {
    Type payload = type.payload();
    Layout layout = lowering.program().layout();
    int left = spill(b, type, 0);
    int right = spill(b, type, 1);
    boolean nullable = Layout.isNullable(payload);
    Type word = nullable ? Types.VOID_POINTER : Types.U8;
    long at = nullable ? 0 : layout.size(payload);
    int none = b.constInt(word, 0);
    int isLeft = b.compare(Inst.CompareKind.NE, word, b.load(word, b.byteOffset(left, at)), none);
    int isRight = b.compare(Inst.CompareKind.NE, word, b.load(word, b.byteOffset(right, at)), none);
    require(b, b.compare(Inst.CompareKind.EQ, Types.BOOL, isLeft, isRight));
    unless(b, isLeft, x -> ret(x, true));
    if (IrBuilder.hasResult(payload)) {
      Type machine = layout.machine(payload);
      b.ret(equal(b, payload, b.load(machine, left), b.load(machine, right)));
    } else {
      ret(b, true);
    }
  }

  private static void strings(IrBuilder b) {
    int length = b.extract(Types.STRING, 0, 1);
    require(b, b.compare(Inst.CompareKind.EQ, Types.I64, length, b.extract(Types.STRING, 1, 1)));
    int left = b.extract(Types.STRING, 0, 0);
    int right = b.extract(Types.STRING, 1, 0);
    unless(b, b.compare(Inst.CompareKind.NE, Types.VOID_POINTER, left, right), x -> ret(x, true));
    int slot = b.slot("index", Types.I64);
    b.storeSlot(Types.I64, slot, b.constInt(Types.I64, 0));
    int head = b.newBlock();
    b.jump(head);
    b.position(head);
    int index = b.loadSlot(Types.I64, slot);
    unless(b, b.compare(Inst.CompareKind.LT, Types.I64, index, length), x -> ret(x, true));
    int l = b.load(Types.U8, b.byteOffset(left, index));
    int r = b.load(Types.U8, b.byteOffset(right, index));
    require(b, b.compare(Inst.CompareKind.EQ, Types.U8, l, r));
    b.storeSlot(
        Types.I64, slot, b.binary(Inst.BinaryKind.ADD, Types.I64, index, b.constInt(Types.I64, 1)));
    b.jump(head);
  }
}
