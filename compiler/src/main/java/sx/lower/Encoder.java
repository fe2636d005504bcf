package sx.lower;

import java.nio.charset.StandardCharsets;
import java.util.List;
import sx.ir.Data;
import sx.ir.Global;
import sx.sema.tree.Constant;
import sx.type.Layout;
import sx.type.Type;
import sx.type.TypeTable;

/** Writes a constant as bytes at the target's layout, with relocations. */
final class Encoder {
  private final Lowering lowering;
  private final Layout layout;
  private final TypeTable table;
  private Image image = new Image(0);

  Encoder(Lowering lowering) {
    this.lowering = lowering;
    this.layout = lowering.program().layout();
    this.table = lowering.program().types();
  }

  Data encode(Type type, Constant value) {
    image = new Image(layout.size(type));
    write(type, value, 0);
    return image.toData();
  }

  private void write(Type type, Constant value, long at) {
    switch (value) {
      case Constant.Zero z -> {}
      case Constant.Int i -> integer(type, i.value(), at);
      case Constant.Float f -> number(type, f.value(), at);
      case Constant.Text t -> text(type, t.bytes(), at);
      case Constant.TypeValue t -> image.put(at, 8, table.tag(t.type()));
      case Constant.Aggregate a -> aggregate(type, a.parts(), at);
      case Constant.Present p -> present(type, p.payload(), at);
      case Constant.Variant v -> variant(type, v, at);
      case Constant.FunctionAddress f -> image.relocate(at, lowering.function(f.function()), 0);
      case Constant.GlobalAddress g -> {
        Lowering.Home home = lowering.home(g.global());
        image.relocate(at, home.global(), home.addend());
      }
    }
  }

  private void integer(Type type, long value, long at) {
    switch (type) {
      case Type.Float f -> number(type, (double) value, at);
      case Type.Bool b -> image.put(at, 1, value & 1);
      case Type.Enum e -> image.put(at, layout.size(table.backing(e)), value);
      default -> {
        if (!layout.isScalar(type)) {
          throw mismatch("an integer", type);
        }
        image.put(at, layout.size(type), Scalars.inRange(layout.machine(type), value));
      }
    }
  }

  private void number(Type type, double value, long at) {
    if (!(type instanceof Type.Float f)) {
      throw mismatch("a float", type);
    }
    if (f.bits() == 32) {
      image.put(at, 4, Float.floatToRawIntBits((float) value));
    } else {
      image.put(at, 8, Double.doubleToRawLongBits(value));
    }
  }

  private void text(Type type, byte[] bytes, long at) {
    if (type instanceof Type.Array) {
      image.put(at, bytes);
      return;
    }
    image.relocate(at, textGlobal(bytes), 0);
    if (type instanceof Type.Str || type instanceof Type.Slice) {
      image.put(at + 8, 8, bytes.length);
    } else if (!layout.machine(type).isAddress()) {
      throw mismatch("a text", type);
    }
  }

  private Global textGlobal(byte[] bytes) {
    return lowering.program().text(new String(bytes, StandardCharsets.ISO_8859_1));
  }

  private void aggregate(Type type, List<Constant> values, long at) {
    switch (type) {
      case Type.Array a -> elements(a.element(), values, at);
      case Type.Vector v -> elements(v.element(), values, at);
      default -> {
        List<Layout.Part> parts = layout.parts(type);
        if (parts.size() != values.size()) {
          throw mismatch("an aggregate of " + values.size() + " parts", type);
        }
        for (int i = 0; i < parts.size(); i++) {
          write(parts.get(i).type(), values.get(i), at + parts.get(i).offset());
        }
      }
    }
  }

  private void elements(Type element, List<Constant> values, long at) {
    long size = layout.size(element);
    for (int i = 0; i < values.size(); i++) {
      write(element, values.get(i), at + i * size);
    }
  }

  private void present(Type type, Constant payload, long at) {
    if (!(type instanceof Type.Optional o)) {
      throw mismatch("an optional", type);
    }
    write(o.payload(), payload, at);
    if (!Layout.isNullable(o.payload())) {
      image.put(at + layout.size(o.payload()), 1, 1);
    }
  }

  private void variant(Type type, Constant.Variant value, long at) {
    switch (type) {
      case Type.Union u -> write(table.fields(u).get(value.index()).type(), value.payload(), at);
      case Type.Enum e -> {
        TypeTable.Variant variant = table.variants(e).get(value.index());
        image.put(at + layout.tagOffset(e), layout.size(table.backing(e)), variant.value());
        if (table.isTaggedUnion(e)) {
          write(variant.payload(), value.payload(), at + layout.payloadOffset(e));
        }
      }
      default -> throw mismatch("a variant", type);
    }
  }

  private IllegalArgumentException mismatch(String what, Type type) {
    return new IllegalArgumentException(
        what + " as a constant of type " + lowering.program().typeNames().of(type));
  }
}
