package sx.llvm;

import java.util.List;
import sx.ir.Data;
import sx.ir.Global;
import sx.type.Layout;
import sx.type.Type;

/** The text of global objects and constants. */
final class Constants {
  private final Layout layout;
  private final Symbols symbols;

  Constants(Layout layout, Symbols symbols) {
    this.layout = layout;
    this.symbols = symbols;
  }

  /** Appends the definition of an object; what it refers to is reached by that. */
  void define(Global global, StringBuilder out) {
    long size = layout.size(global.type());
    out.append(symbols.of(global)).append(" = ");
    out.append(global.mutable() ? "internal global " : "private unnamed_addr constant ");
    if (global.initial().isPresent()) {
      image(global.initial().get(), out);
    } else {
      out.append('[').append(size).append(" x i8] zeroinitializer");
    }
    out.append(", align ").append(Math.max(1, layout.align(global.type()))).append('\n');
  }

  /** The bytes of an image and its addresses, with the type in front. */
  private void image(Data data, StringBuilder out) {
    byte[] bytes = data.bytes();
    List<Data.Relocation> relocations = data.relocations();
    if (relocations.isEmpty()) {
      run(bytes, 0, bytes.length, out);
      return;
    }
    StringBuilder type = new StringBuilder("<{ ");
    StringBuilder value = new StringBuilder("<{ ");
    int at = 0;
    String comma = "";
    for (Data.Relocation r : relocations) {
      int offset = (int) r.offset();
      if (offset > at) {
        type.append(comma).append('[').append(offset - at).append(" x i8]");
        value.append(comma);
        run(bytes, at, offset, value);
        comma = ", ";
      }
      type.append(comma).append("ptr");
      value.append(comma).append("ptr ").append(address(symbols.of(r.target()), r.addend()));
      comma = ", ";
      at = offset + 8;
    }
    if (at < bytes.length) {
      type.append(comma).append('[').append(bytes.length - at).append(" x i8]");
      value.append(comma);
      run(bytes, at, bytes.length, value);
    }
    out.append(type).append(" }> ").append(value).append(" }>");
  }

  private static String address(String symbol, long addend) {
    return addend == 0 ? symbol : "getelementptr (i8, ptr " + symbol + ", i64 " + addend + ")";
  }

  private static void run(byte[] bytes, int from, int to, StringBuilder out) {
    out.append('[').append(to - from).append(" x i8] ");
    boolean zero = true;
    for (int i = from; i < to && zero; i++) {
      zero = bytes[i] == 0;
    }
    if (zero) {
      out.append("zeroinitializer");
      return;
    }
    out.append("c\"");
    for (int i = from; i < to; i++) {
      Symbols.escape(out, bytes[i] & 0xff);
    }
    out.append('"');
  }

  /** A scalar constant; {@code machine} is an integer, bool or address type. */
  static String integer(Type machine, long value) {
    return switch (machine) {
      case Type.Bool b -> (value & 1) != 0 ? "true" : "false";
      case Type.Int i -> Long.toString(value);
      default -> value == 0 ? "null" : "inttoptr (i64 " + value + " to ptr)";
    };
  }

  /** A float constant; LLVM writes an f32, too, as the bits of the equal f64. */
  static String real(double value) {
    StringBuilder text = new StringBuilder("0x");
    long bits = Double.doubleToRawLongBits(value);
    for (int shift = 60; shift >= 0; shift -= 4) {
      text.append(Character.toUpperCase(Character.forDigit((int) (bits >>> shift) & 15, 16)));
    }
    return text.toString();
  }

  /** The all-zero scalar. */
  static String zero(Type machine) {
    return switch (machine) {
      case Type.Bool b -> "false";
      case Type.Int i -> "0";
      case Type.Float f -> "0.0";
      default -> "null";
    };
  }
}
