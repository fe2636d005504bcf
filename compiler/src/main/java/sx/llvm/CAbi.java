package sx.llvm;

import java.util.ArrayList;
import java.util.List;
import sx.type.Layout;
import sx.type.Target;
import sx.type.Type;
import sx.type.TypeTable;
import sx.type.Types;

/**
 * How C passes values of sx types (ffi.abi, ffi.sysv, ffi.aapcs): "System V Application Binary
 * Interface, AMD64 Architecture Processor Supplement" 3.2.3 and "Procedure Call Standard for the
 * Arm 64-bit Architecture" 6.8.
 *
 * <p>LLVM assigns registers to scalars as these documents do; what it is not told by its types is
 * done here: aggregates are cut into register-sized pieces, and those that do not fit into the
 * registers left are passed in memory whole.
 */
final class CAbi {
  /** How a narrow integer fills its register. */
  enum Extension {
    NONE(""),
    SIGN("signext "),
    ZERO("zeroext ");

    final String text;

    Extension(String text) {
      this.text = text;
    }
  }

  /** A value of an LLVM type that travels on its own, cut from the bytes at an offset. */
  record Piece(String type, long offset, Extension extension) {}

  /** How one argument or result travels. */
  sealed interface Passing {
    /** Not at all. */
    record Nothing() implements Passing {}

    record Pieces(List<Piece> pieces) implements Passing {}

    /** As a copy on the stack of the call ({@code byval}). */
    record OnStack(long align) implements Passing {}

    /** As the address of a copy; for a result, the address of where it goes ({@code sret}). */
    record ByAddress() implements Passing {}
  }

  /** A signature: the passing of the result and of each argument. */
  record Signature(Passing result, List<Passing> params) {}

  private record Scalar(long offset, long size, Type type) {
    boolean isFloat() {
      return type instanceof Type.Float || type instanceof Type.Vector;
    }
  }

  private static final Passing NOTHING = new Passing.Nothing();
  private static final Passing BY_ADDRESS = new Passing.ByAddress();

  private final Layout layout;
  private final TypeTable table;
  private final boolean arm;

  CAbi(Layout layout, TypeTable table, Target target) {
    this.layout = layout;
    this.table = table;
    this.arm = target.arch().equals("aarch64");
  }

  /** The passing of a call or function with these types. */
  Signature signature(Type result, List<Type> params) {
    Passing returned = result(result);
    Registers free = new Registers(arm ? 8 : 6, 8);
    if (returned instanceof Passing.ByAddress && !arm) {
      free.integers--;
    }
    List<Passing> passings = new ArrayList<>(params.size());
    for (Type param : params) {
      passings.add(argument(param, free));
    }
    return new Signature(returned, passings);
  }

  private static final class Registers {
    int integers;
    int floats;

    Registers(int integers, int floats) {
      this.integers = integers;
      this.floats = floats;
    }
  }

  private Passing result(Type type) {
    if (layout.size(type) == 0) {
      return NOTHING;
    }
    if (layout.isScalar(type)) {
      return scalar(layout.machine(type));
    }
    List<Piece> pieces = arm ? armPieces(type) : sysvPieces(type);
    return pieces.isEmpty() ? BY_ADDRESS : new Passing.Pieces(pieces);
  }

  private Passing argument(Type type, Registers free) {
    if (layout.size(type) == 0) {
      return NOTHING;
    }
    if (type instanceof Type.Array) {
      free.integers--;
      return BY_ADDRESS;
    }
    if (layout.isScalar(type)) {
      if (layout.machine(type).isFloat()) {
        free.floats--;
      } else {
        free.integers--;
      }
      return scalar(layout.machine(type));
    }
    return arm ? armArgument(type, free) : sysvArgument(type, free);
  }

  private Passing scalar(Type machine) {
    return new Passing.Pieces(
        List.of(new Piece(Shapes.memoryType(machine), 0, extension(machine))));
  }

  /** Widening to 32 bits by the caller (ffi.sysv.2); on aarch64 the receiver widens. */
  private Extension extension(Type machine) {
    if (arm || machine.isFloat() || Shapes.memoryBits(machine) >= 32) {
      return Extension.NONE;
    }
    return Shapes.isSigned(machine) ? Extension.SIGN : Extension.ZERO;
  }

  // x86_64

  private Passing sysvArgument(Type type, Registers free) {
    List<Piece> pieces = sysvPieces(type);
    int floats = (int) pieces.stream().filter(p -> isFloatPiece(p)).count();
    int integers = pieces.size() - floats;
    if (pieces.isEmpty() || integers > free.integers || floats > free.floats) {
      return new Passing.OnStack(Math.max(8, layout.align(type)));
    }
    free.integers -= integers;
    free.floats -= floats;
    return new Passing.Pieces(pieces);
  }

  private static boolean isFloatPiece(Piece p) {
    return p.type().charAt(0) != 'i' && p.type().charAt(0) != 'p';
  }

  /** The eightbytes of an aggregate; none when its class is MEMORY. */
  private List<Piece> sysvPieces(Type type) {
    long size = layout.size(type);
    if (size > 16) {
      return List.of();
    }
    List<Scalar> scalars = scalars(type);
    if (scalars.size() == 1 && scalars.getFirst().type() instanceof Type.Vector v) {
      return List.of(new Piece(vectorType(v), 0, Extension.NONE));
    }
    List<Piece> pieces = new ArrayList<>(2);
    for (long start = 0; start < size; start += 8) {
      pieces.add(eightbyte(scalars, start, Math.min(8, size - start)));
    }
    return pieces;
  }

  private static Piece eightbyte(List<Scalar> scalars, long start, long size) {
    List<Scalar> inside =
        scalars.stream().filter(s -> s.offset() >= start && s.offset() < start + 8).toList();
    String type;
    if (inside.stream().allMatch(Scalar::isFloat) && !inside.isEmpty()) {
      boolean wide = inside.stream().anyMatch(s -> s.size() == 8);
      type = wide ? "double" : size > 4 ? "<2 x float>" : "float";
    } else if (size == 8 && inside.stream().allMatch(s -> s.type().isAddress())) {
      type = "ptr";
    } else {
      type = "i" + 8 * size;
    }
    return new Piece(type, start, Extension.NONE);
  }

  // aarch64

  private Passing armArgument(Type type, Registers free) {
    List<Piece> pieces = armPieces(type);
    if (pieces.isEmpty()) {
      free.integers--;
      return BY_ADDRESS;
    }
    return new Passing.Pieces(pieces);
  }

  /**
   * The registers of an aggregate; none when it goes by address. One piece of an LLVM array type
   * stands for consecutive registers, which LLVM gives all or none.
   */
  private List<Piece> armPieces(Type type) {
    long size = layout.size(type);
    List<Scalar> scalars = scalars(type);
    String homogeneous = homogeneous(scalars, size);
    if (!homogeneous.isEmpty()) {
      return List.of(new Piece(homogeneous, 0, Extension.NONE));
    }
    if (size > 16) {
      return List.of();
    }
    if (layout.align(type) == 16) {
      return List.of(new Piece("i128", 0, Extension.NONE));
    }
    if (size > 8 && scalars.stream().allMatch(s -> s.type().isAddress())) {
      return List.of(new Piece("[2 x ptr]", 0, Extension.NONE));
    }
    return List.of(new Piece(size > 8 ? "[2 x i64]" : "i64", 0, Extension.NONE));
  }

  /** The LLVM type of a homogeneous float or short vector aggregate, or of one such vector. */
  private String homogeneous(List<Scalar> scalars, long size) {
    if (scalars.isEmpty() || scalars.size() > 4 || !scalars.getFirst().isFloat()) {
      return "";
    }
    Scalar first = scalars.getFirst();
    boolean same =
        scalars.stream()
            .allMatch(
                s ->
                    s.isFloat()
                        && s.size() == first.size()
                        && s.type() instanceof Type.Vector == first.type() instanceof Type.Vector);
    if (!same || size % first.size() != 0) {
      return "";
    }
    String element =
        first.type() instanceof Type.Vector v ? vectorType(v) : Shapes.memoryType(first.type());
    long count = size / first.size();
    return count == 1 ? element : "[" + count + " x " + element + "]";
  }

  private String vectorType(Type.Vector v) {
    Type element = layout.machine(v.element());
    return "<"
        + layout.size(v) * 8 / Shapes.memoryBits(element)
        + " x "
        + Shapes.memoryType(element)
        + ">";
  }

  // flattening (ffi.abi.1)

  /**
   * The distinct scalars of a type at their offsets; an excess one of a large type may be missing.
   */
  private List<Scalar> scalars(Type type) {
    List<Scalar> all = new ArrayList<>();
    flatten(type, 0, all);
    return all.stream().distinct().toList();
  }

  private void flatten(Type type, long offset, List<Scalar> all) {
    if (all.size() > 64) {
      return;
    }
    if (layout.isScalar(type)) {
      all.add(new Scalar(offset, layout.size(type), layout.machine(type)));
      return;
    }
    switch (type) {
      case Type.Array a -> {
        long step = layout.size(a.element());
        for (long i = 0; i < Math.min(a.length(), 65); i++) {
          flatten(a.element(), offset + i * step, all);
        }
      }
      case Type.Vector v when layout.size(v) == 8 || layout.size(v) == 16 ->
          all.add(new Scalar(offset, layout.size(v), v));
      case Type.Vector v -> word(offset, Types.U64, all);
      case Type.Optional o when Layout.isNullable(o.payload()) -> flatten(o.payload(), offset, all);
      case Type.Optional o -> {
        flatten(o.payload(), offset, all);
        word(offset + layout.size(o.payload()), Types.U8, all);
      }
      case Type.Enum e -> {
        word(offset + layout.tagOffset(e), table.backing(e), all);
        long payload = offset + layout.payloadOffset(e);
        table.variants(e).forEach(v -> flatten(v.payload(), payload, all));
        word(payload, Types.U64, all);
      }
      case Type.Protocol p -> {
        for (long at = 0; at < layout.size(p); at += 8) {
          word(offset + at, Types.U64, all);
        }
      }
      default ->
          layout.parts(type).forEach(part -> flatten(part.type(), offset + part.offset(), all));
    }
  }

  private void word(long offset, Type machine, List<Scalar> all) {
    all.add(new Scalar(offset, layout.size(machine), machine));
  }
}
