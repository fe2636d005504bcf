package sx.lower;

import java.util.List;
import sx.type.Layout;
import sx.type.Type;
import sx.type.Types;

/** The parts of constants: those of the layout, and the three words of a protocol value. */
final class Parts {
  private static final List<Layout.Part> PROTOCOL_WORDS =
      List.of(
          new Layout.Part(Types.VOID_POINTER, 0),
          new Layout.Part(Types.TYPE, 8),
          new Layout.Part(Types.VOID_POINTER, 16));

  private Parts() {}

  static List<Layout.Part> of(Type type, Layout layout) {
    List<Layout.Part> parts = layout.parts(type);
    return parts.isEmpty() && type instanceof Type.Protocol ? PROTOCOL_WORDS : parts;
  }
}
