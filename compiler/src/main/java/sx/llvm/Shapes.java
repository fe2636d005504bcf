package sx.llvm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import sx.type.Layout;
import sx.type.Type;
import sx.type.Types;

/**
 * How values of each type are held in LLVM code: as nothing, as a few scalars ("leaves", each in a
 * register of its own), or in memory as an immutable snapshot that a pointer names.
 */
final class Shapes {
  /** Aggregates of more bytes or leaves than these are held in memory. */
  private static final long MAX_SIZE = 16;

  private static final int MAX_LEAVES = 4;

  /**
   * A scalar of a value.
   *
   * @param machine as {@link Layout#machine} gives it
   */
  record Leaf(Type machine, long offset) {
    /** The LLVM type in registers: {@code iN} of the exact width, {@code i1} for bool. */
    String register() {
      return registerType(machine);
    }

    /** The LLVM type in memory: integers widened to whole bytes. */
    String memory() {
      return memoryType(machine);
    }
  }

  /**
   * @param leaves the scalars by ascending offset; empty when in memory or of no size
   */
  record Shape(long size, long align, boolean inMemory, List<Leaf> leaves) {
    boolean isNothing() {
      return !inMemory && leaves.isEmpty();
    }

    /** The LLVM type that a function of this result returns. */
    String returnType() {
      if (inMemory || leaves.isEmpty()) {
        return "void";
      }
      if (leaves.size() == 1) {
        return leaves.getFirst().register();
      }
      StringBuilder text = new StringBuilder("{ ");
      for (int i = 0; i < leaves.size(); i++) {
        text.append(i == 0 ? "" : ", ").append(leaves.get(i).register());
      }
      return text.append(" }").toString();
    }

    /** The LLVM type to reserve storage with. */
    String storage() {
      return leaves.size() == 1 && leaves.getFirst().offset() == 0
          ? leaves.getFirst().memory()
          : "[" + size + " x i8]";
    }
  }

  private final Layout layout;
  private final Map<Type, Shape> known = new HashMap<>();

  Shapes(Layout layout) {
    this.layout = layout;
  }

  Layout layout() {
    return layout;
  }

  Shape of(Type type) {
    Shape shape = known.get(type);
    if (shape == null) {
      shape = make(type);
      known.put(type, shape);
    }
    return shape;
  }

  private Shape make(Type type) {
    long size = layout.size(type);
    long align = layout.align(type);
    List<Leaf> leaves = new ArrayList<>();
    boolean inMemory = size > MAX_SIZE || !flatten(type, 0, leaves);
    return new Shape(size, align, inMemory, inMemory ? List.of() : List.copyOf(leaves));
  }

  private boolean flatten(Type type, long offset, List<Leaf> leaves) {
    if (layout.isScalar(type)) {
      leaves.add(new Leaf(layout.machine(type), offset));
      return leaves.size() <= MAX_LEAVES;
    }
    return switch (type) {
      case Type.Str s -> flattenParts(type, offset, leaves);
      case Type.Slice s -> flattenParts(type, offset, leaves);
      case Type.Any a -> flattenParts(type, offset, leaves);
      case Type.Closure c -> flattenParts(type, offset, leaves);
      case Type.Protocol p -> flattenParts(type, offset, leaves);
      case Type.Struct s -> flattenParts(type, offset, leaves);
      case Type.Tuple t -> flattenParts(type, offset, leaves);
      case Type.Optional o when Layout.isNullable(o.payload()) ->
          flatten(o.payload(), offset, leaves);
      case Type.Optional o ->
          flatten(o.payload(), offset, leaves)
              && flatten(Types.U8, offset + layout.size(o.payload()), leaves);
      default -> layout.size(type) == 0;
    };
  }

  private boolean flattenParts(Type type, long offset, List<Leaf> leaves) {
    for (Layout.Part part : layout.parts(type)) {
      if (!flatten(part.type(), offset + part.offset(), leaves)) {
        return false;
      }
    }
    return true;
  }

  /** How many leaves a type has that is part of a type held in leaves. */
  int leafCount(Type type) {
    return of(type).leaves().size();
  }

  static String registerType(Type machine) {
    return switch (machine) {
      case Type.Int i -> intType(i.bits());
      case Type.Bool b -> "i1";
      case Type.Float f -> floatType(f);
      default -> "ptr";
    };
  }

  static String memoryType(Type machine) {
    return switch (machine) {
      case Type.Int i -> intType(memoryBits(i));
      case Type.Bool b -> "i8";
      case Type.Float f -> floatType(f);
      default -> "ptr";
    };
  }

  static int memoryBits(Type machine) {
    return machine instanceof Type.Int i
        ? (i.bits() <= 8 ? 8 : i.bits() <= 16 ? 16 : i.bits() <= 32 ? 32 : 64)
        : machine instanceof Type.Bool ? 8 : machine instanceof Type.Float f ? f.bits() : 64;
  }

  /** Whether narrow values of this type are widened by their sign. */
  static boolean isSigned(Type machine) {
    return machine instanceof Type.Int i && i.signed();
  }

  private static String floatType(Type.Float f) {
    return f.bits() == 32 ? "float" : "double";
  }

  static String intType(int bits) {
    return switch (bits) {
      case 1 -> "i1";
      case 8 -> "i8";
      case 16 -> "i16";
      case 32 -> "i32";
      case 64 -> "i64";
      default -> "i" + bits;
    };
  }
}
