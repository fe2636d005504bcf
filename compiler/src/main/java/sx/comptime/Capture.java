package sx.comptime;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import sx.ir.Data;
import sx.ir.IrBuilder;
import sx.ir.Program;
import sx.type.Layout;
import sx.type.Type;
import sx.type.TypeTable;
import sx.type.Types;

/** Copies a result out of evaluation memory, following its type (ct.val.1 to ct.val.3). */
final class Capture {
  private final Evaluation evaluation;
  private final Program program;
  private final Layout layout;
  private final TypeTable table;
  private final List<Data.Relocation> relocations = new ArrayList<>();
  private ByteBuffer image = ByteBuffer.allocate(0);

  Capture(Evaluation evaluation) {
    this.evaluation = evaluation;
    this.program = evaluation.vm().program();
    this.layout = program.layout();
    this.table = program.types();
  }

  /**
   * @param value the result register
   */
  Data result(Type type, long value) {
    if (!IrBuilder.hasResult(type)) {
      return Vm.nothing();
    }
    long size = layout.size(type);
    if (size > Integer.MAX_VALUE - 8) {
      throw new Trap("a result of " + size + " bytes is too large to keep");
    }
    image = ByteBuffer.allocate((int) size).order(ByteOrder.LITTLE_ENDIAN);
    long at = value;
    if (layout.isScalar(type)) {
      at = evaluation.heap().permanent(8, 8);
      Raw.putLong(at, value);
    }
    walk(type, at, 0, "");
    return new Data(image.array(), List.copyOf(relocations));
  }

  /**
   * @param from the value in memory
   * @param to its offset in the image
   * @param path how to say which part of the result it is
   */
  private void walk(Type type, long from, int to, String path) {
    switch (type) {
      case Type.Int i -> plain(type, from, to);
      case Type.Float f -> plain(type, from, to);
      case Type.Bool b -> plain(type, from, to);
      case Type.Meta m -> plain(type, from, to);
      case Type.ErrorSet e -> plain(type, from, to);
      case Type.Void v -> {}
      case Type.NoReturn n -> {}
      case Type.Erroneous e -> {}
      case Type.Str s -> bytes(from, to);
      case Type.Slice s when s.element().equals(Types.U8) -> bytes(from, to);
      case Type.Slice s -> reject("a slice (" + name(s) + ")", path);
      case Type.Any a -> reject("an any", path);
      case Type.Closure c -> reject("a closure", path);
      case Type.Protocol p -> reject("a protocol value (" + name(p) + ")", path);
      case Type.Pointer p -> pointer(p, from, path);
      case Type.ManyPointer p -> pointer(p, from, path);
      case Type.CString c -> pointer(c, from, path);
      case Type.Function f -> pointer(f, from, path);
      case Type.Array a -> elements(a.element(), a.length(), from, to, path);
      case Type.Vector v -> elements(v.element(), v.lanes(), from, to, path);
      case Type.Optional o -> optional(o, from, to, path);
      case Type.Struct s ->
          parts(s, table.fields(s).stream().map(f -> f.name()).toList(), from, to, path);
      case Type.Tuple t -> parts(t, t.labels(), from, to, path);
      case Type.Enum e -> choice(e, from, to, path);
      case Type.Union u -> union(u, from, to, path);
    }
  }

  private void plain(Type type, long from, int to) {
    image.put(to, evaluation.read(from, layout.size(type)));
  }

  private void bytes(long from, int to) {
    long pointer = Raw.getLong(from);
    long length = Raw.getLong(from + 8);
    image.putLong(to + 8, length);
    if (pointer != 0) {
      String key = new String(evaluation.read(pointer, length), StandardCharsets.ISO_8859_1);
      relocations.add(new Data.Relocation(to, program.text(key), 0));
    }
  }

  private void pointer(Type type, long from, String path) {
    long address = Raw.getLong(from);
    Functions functions = evaluation.vm().functions();
    if (functions.isFunction(address)) {
      reject("the function " + functions.functionAt(address).name(), path);
    } else if (address != 0) {
      reject("a pointer into evaluation memory (" + name(type) + ")", path);
    }
  }

  private void elements(Type element, long count, long from, int to, String path) {
    long size = layout.size(element);
    if (size == 0) {
      return;
    }
    if (isPlain(element)) {
      image.put(to, evaluation.read(from, size * count));
      return;
    }
    for (int i = 0; i < count; i++) {
      walk(element, from + i * size, to + (int) (i * size), path + "[" + i + "]");
    }
  }

  private static boolean isPlain(Type type) {
    return type.isNumeric() || type instanceof Type.Bool || type instanceof Type.Meta;
  }

  private void optional(Type.Optional o, long from, int to, String path) {
    if (Layout.isNullable(o.payload())) {
      if (Raw.getLong(from) != 0) {
        walk(o.payload(), from, to, path);
      }
      return;
    }
    int presence = (int) layout.size(o.payload());
    if (Raw.getByte(from + presence) != 0) {
      walk(o.payload(), from, to, path);
      image.put(to + presence, (byte) 1);
    }
  }

  private void parts(Type type, List<String> names, long from, int to, String path) {
    List<Layout.Part> parts = layout.parts(type);
    for (int i = 0; i < parts.size(); i++) {
      Layout.Part part = parts.get(i);
      String name =
          i < names.size() && !names.get(i).isEmpty() ? "." + names.get(i) : "[" + i + "]";
      walk(part.type(), from + part.offset(), to + (int) part.offset(), path + name);
    }
  }

  /** A plain enum, or a tagged union: its tag and the payload of the active variant. */
  private void choice(Type.Enum type, long from, int to, String path) {
    Type.Int backing = table.backing(type);
    long tagAt = layout.tagOffset(type);
    plain(backing, from + tagAt, to + (int) tagAt);
    if (!table.isTaggedUnion(type)) {
      return;
    }
    long tag = tag(backing, from + tagAt);
    for (TypeTable.Variant v : table.variants(type)) {
      if (v.value() == tag) {
        long offset = layout.payloadOffset(type);
        walk(v.payload(), from + offset, to + (int) offset, path + "." + v.name());
        return;
      }
    }
  }

  private long tag(Type.Int backing, long from) {
    long word =
        switch ((int) layout.size(backing)) {
          case 1 -> Raw.getByte(from);
          case 2 -> Raw.getShort(from);
          case 4 -> Raw.getInt(from);
          default -> Raw.getLong(from);
        };
    int unused = 64 - backing.bits();
    return backing.signed() ? word << unused >> unused : word << unused >>> unused;
  }

  /** Which arm is active is not known: the bytes are kept if no arm could be an address. */
  private void union(Type.Union type, long from, int to, String path) {
    if (!hasOnlyNumbers(type)) {
      reject("an untagged union with addresses (" + name(type) + ")", path);
    }
    image.put(to, evaluation.read(from, layout.size(type)));
  }

  private boolean hasOnlyNumbers(Type type) {
    return switch (type) {
      case Type.Array a -> hasOnlyNumbers(a.element());
      case Type.Vector v -> true;
      case Type.Union u -> layout.parts(u).stream().allMatch(p -> hasOnlyNumbers(p.type()));
      case Type.Struct s -> layout.parts(s).stream().allMatch(p -> hasOnlyNumbers(p.type()));
      case Type.Tuple t -> layout.parts(t).stream().allMatch(p -> hasOnlyNumbers(p.type()));
      case Type.Optional o -> !Layout.isNullable(o.payload()) && hasOnlyNumbers(o.payload());
      case Type.Enum e -> table.variants(e).stream().allMatch(v -> hasOnlyNumbers(v.payload()));
      case Type.Void v -> true;
      case Type.ErrorSet e -> true;
      default -> isPlain(type);
    };
  }

  private void reject(String what, String path) {
    throw new Trap(
        "the result cannot keep " + what + (path.isEmpty() ? "" : " (at '" + path + "')"));
  }

  private String name(Type type) {
    return program.typeNames().of(type);
  }
}
