package sx.lower;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import sx.ir.Data;
import sx.ir.Function;
import sx.ir.Global;
import sx.sema.tree.Constant;
import sx.type.Layout;
import sx.type.Type;
import sx.type.TypeTable;
import sx.type.Types;

/** Reads a constant off bytes at the target's layout. All-zero aggregates give {@code Zero}. */
final class Decoder {
  private final Lowering lowering;
  private final Layout layout;
  private final TypeTable table;
  private final byte[] bytes;
  private final TreeMap<Long, Data.Relocation> relocations = new TreeMap<>();

  Decoder(Lowering lowering, Data data) {
    this.lowering = lowering;
    this.layout = lowering.program().layout();
    this.table = lowering.program().types();
    this.bytes = data.bytes();
    data.relocations().forEach(r -> relocations.put(r.offset(), r));
  }

  Constant decode(Type type) {
    return read(type, 0);
  }

  private Constant read(Type type, long at) {
    if (layout.isScalar(type)) {
      return scalar(type, at);
    }
    long size = layout.size(type);
    if (isZero(at, size)) {
      return Constant.ZERO;
    }
    return switch (type) {
      case Type.Str s -> view(type, at);
      case Type.Slice s when s.element().equals(Types.U8) -> view(type, at);
      case Type.Array a -> elements(a.element(), a.length(), at);
      case Type.Vector v -> elements(v.element(), v.lanes(), at);
      case Type.Optional o -> optional(o, at);
      case Type.Enum e -> variant(e, at);
      default -> parts(type, at);
    };
  }

  private Constant scalar(Type type, long at) {
    Data.Relocation address = relocations.get(at);
    if (address != null) {
      return type instanceof Type.Optional o
          ? new Constant.Present(address(o.payload(), address))
          : address(type, address);
    }
    long raw = raw(at, layout.size(type));
    return switch (type) {
      case Type.Float f ->
          new Constant.Float(
              f.bits() == 32 ? Float.intBitsToFloat((int) raw) : Double.longBitsToDouble(raw));
      case Type.Meta m when raw >= 0 && raw < table.tagCount() ->
          new Constant.TypeValue(table.ofTag((int) raw));
      case Type.Optional o ->
          raw == 0 ? Constant.ZERO : new Constant.Present(new Constant.Int(raw));
      default -> {
        Type machine = layout.machine(type);
        yield raw == 0 && machine.isAddress()
            ? Constant.ZERO
            : new Constant.Int(Scalars.inRange(machine, raw));
      }
    };
  }

  private Constant address(Type type, Data.Relocation address) {
    return switch (address.target()) {
      case Function f -> new Constant.FunctionAddress(lowering.instance(f));
      case Global g -> {
        Optional<byte[]> text = isByteAddress(type) ? text(g) : Optional.empty();
        yield text.isPresent() && address.addend() >= 0 && address.addend() < text.get().length
            ? new Constant.Text(
                Arrays.copyOfRange(text.get(), (int) address.addend(), text.get().length - 1))
            : new Constant.GlobalAddress(lowering.variable(g, address.addend()));
      }
    };
  }

  private static boolean isByteAddress(Type type) {
    return type instanceof Type.CString
        || (type instanceof Type.ManyPointer p && p.element().equals(Types.U8));
  }

  /** The content of a read-only array of bytes that ends with a NUL. */
  private static Optional<byte[]> text(Global g) {
    return readOnlyBytes(g).filter(b -> b.length > 0 && b[b.length - 1] == 0);
  }

  private static Optional<byte[]> readOnlyBytes(Global g) {
    return g.mutable()
            || !(g.type() instanceof Type.Array a)
            || !a.element().equals(Types.U8)
            || g.initial().isEmpty()
            || !g.initial().get().relocations().isEmpty()
        ? Optional.empty()
        : Optional.of(g.initial().get().bytes());
  }

  /** A string or {@code []u8}: a text if it lies in read-only bytes, else its two words. */
  private Constant view(Type type, long at) {
    long length = raw(at + 8, 8);
    Data.Relocation address = relocations.get(at);
    if (address != null && address.target() instanceof Global g) {
      long start = address.addend();
      Optional<byte[]> all = readOnlyBytes(g);
      if (all.isPresent()
          && start >= 0
          && length >= 0
          && start <= all.get().length
          && length <= all.get().length - start) {
        return new Constant.Text(
            Arrays.copyOfRange(all.get(), (int) start, (int) (start + length)));
      }
    }
    return parts(type, at);
  }

  private Constant elements(Type element, long count, long at) {
    long size = layout.size(element);
    List<Constant> values = new ArrayList<>(Math.toIntExact(count));
    for (long i = 0; i < count; i++) {
      values.add(read(element, at + i * size));
    }
    return new Constant.Aggregate(values);
  }

  private Constant parts(Type type, long at) {
    List<Constant> values = new ArrayList<>();
    for (Layout.Part part : layout.parts(type)) {
      values.add(read(part.type(), at + part.offset()));
    }
    return new Constant.Aggregate(values);
  }

  private Constant optional(Type.Optional type, long at) {
    if (!Layout.isNullable(type.payload())) {
      return raw(at + layout.size(type.payload()), 1) == 0
          ? Constant.ZERO
          : new Constant.Present(read(type.payload(), at));
    }
    return isZero(at, 8) ? Constant.ZERO : new Constant.Present(read(type.payload(), at));
  }

  /** The active variant with its payload; the parts one by one where the tag is of no variant. */
  private Constant variant(Type.Enum type, long at) {
    Type.Int backing = table.backing(type);
    long tag = Scalars.inRange(backing, raw(at + layout.tagOffset(type), layout.size(backing)));
    List<TypeTable.Variant> variants = table.variants(type);
    for (int i = 0; i < variants.size(); i++) {
      if (Scalars.inRange(backing, variants.get(i).value()) == tag) {
        Constant payload = read(variants.get(i).payload(), at + layout.payloadOffset(type));
        return new Constant.Variant(i, payload);
      }
    }
    return parts(type, at);
  }

  private boolean isZero(long at, long size) {
    for (int i = (int) at; i < at + size; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return relocations.subMap(at, at + size).isEmpty();
  }

  private long raw(long at, long size) {
    long value = 0;
    for (int i = (int) size - 1; i >= 0; i--) {
      value = (value << 8) | (bytes[(int) at + i] & 0xFF);
    }
    return value;
  }
}
