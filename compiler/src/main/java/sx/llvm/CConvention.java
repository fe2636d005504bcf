package sx.llvm;

import java.util.List;
import java.util.function.Consumer;
import sx.llvm.CAbi.Passing;
import sx.llvm.CAbi.Piece;
import sx.llvm.Shapes.Leaf;
import sx.llvm.Shapes.Shape;
import sx.type.Type;

/** Moves values between IR registers and the pieces in which C passes them. */
final class CConvention {
  private final Shapes shapes;
  private final FunctionText text;

  CConvention(Shapes shapes, FunctionText text) {
    this.shapes = shapes;
    this.text = text;
  }

  /** The LLVM type of a C result. */
  static String resultType(Passing result) {
    if (!(result instanceof Passing.Pieces p)) {
      return "void";
    }
    if (p.pieces().size() == 1) {
      return p.pieces().getFirst().type();
    }
    return p.pieces().stream()
        .map(Piece::type)
        .collect(java.util.stream.Collectors.joining(", ", "{ ", " }"));
  }

  /**
   * The attribute that names the type of the copy behind a {@code byval} or {@code sret} pointer.
   */
  static String pointee(String attribute, long size, long align) {
    return attribute + "([" + size + " x i8]) align " + align;
  }

  /** The pieces of a register's value. */
  String[] split(Type type, int register, List<Piece> pieces) {
    Shape shape = shapes.of(type);
    return split(shape, register, pieces, address -> text.spill(shape, register, address));
  }

  /**
   * The pieces of a value.
   *
   * @param place writes the value to an address, if it is not held in leaves
   */
  String[] split(Shape shape, int register, List<Piece> pieces, Consumer<String> place) {
    String[] result = new String[pieces.size()];
    if (isDirect(shape, pieces)) {
      for (int i = 0; i < result.length; i++) {
        result[i] = text.toMemory(shape.leaves().get(i), text.leaves(register)[i]);
      }
      return result;
    }
    String copy = padded(shape);
    place.accept(copy);
    for (int i = 0; i < result.length; i++) {
      Piece piece = pieces.get(i);
      result[i] = text.loadAs(piece.type(), text.offset(copy, piece.offset()), 8);
    }
    return result;
  }

  /** Sets a register to the value that arrived in pieces. */
  void join(Type type, int register, List<Piece> pieces, String[] arrived) {
    Shape shape = shapes.of(type);
    if (isDirect(shape, pieces)) {
      String[] leaves = new String[arrived.length];
      for (int i = 0; i < leaves.length; i++) {
        leaves[i] = text.fromMemory(shape.leaves().get(i), arrived[i]);
      }
      text.set(register, shape, leaves);
      return;
    }
    String copy = padded(shape);
    for (int i = 0; i < arrived.length; i++) {
      Piece piece = pieces.get(i);
      text.storeAs(piece.type(), arrived[i], text.offset(copy, piece.offset()), 8);
    }
    fromAddress(shape, register, copy);
  }

  /** Sets a register to the value at an address that nothing else writes. */
  void fromAddress(Shape shape, int register, String address) {
    if (shape.inMemory()) {
      text.set(register, shape, address);
    } else {
      text.set(register, shape, text.load(shape, address));
    }
  }

  /** The address of a copy of a register's value. */
  String copy(Shape shape, int register) {
    String copy = text.storage(shape);
    text.spill(shape, register, copy);
    return copy;
  }

  private String padded(Shape shape) {
    return text.storage("[" + (shape.size() + 15) / 16 * 16 + " x i8]", Math.max(8, shape.align()));
  }

  private static boolean isDirect(Shape shape, List<Piece> pieces) {
    if (shape.inMemory() || shape.leaves().size() != pieces.size()) {
      return false;
    }
    for (int i = 0; i < pieces.size(); i++) {
      Leaf leaf = shape.leaves().get(i);
      if (leaf.offset() != pieces.get(i).offset() || !leaf.memory().equals(pieces.get(i).type())) {
        return false;
      }
    }
    return true;
  }
}
