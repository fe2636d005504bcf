package sx.comptime;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import sx.ir.Program;
import sx.type.Layout;
import sx.type.Type;

/** Types as the C ABI of the host sees them, and values on their way across (ffi.map). */
final class HostTypes {
  private final Program program;
  private final Layout layout;

  HostTypes(Program program) {
    this.program = program;
    this.layout = program.layout();
  }

  boolean isAggregate(Type type) {
    return !layout.isScalar(type);
  }

  /** How a parameter or result is passed. Small integers travel extended to 32 bits. */
  MemoryLayout layout(Type type) {
    if (type instanceof Type.Array) {
      return ValueLayout.JAVA_LONG;
    }
    if (isAggregate(type)) {
      return aggregate(type);
    }
    Type machine = layout.machine(type);
    if (machine instanceof Type.Float f) {
      return f.bits() == 32 ? ValueLayout.JAVA_FLOAT : ValueLayout.JAVA_DOUBLE;
    }
    return layout.size(type) == 8 ? ValueLayout.JAVA_LONG : ValueLayout.JAVA_INT;
  }

  private MemoryLayout aggregate(Type type) {
    return switch (type) {
      case Type.Array a -> MemoryLayout.sequenceLayout(a.length(), member(a.element()));
      case Type.Union u -> union(u);
      case Type.Optional o -> optional(o);
      case Type.Enum e -> tagged(e);
      default -> struct(type);
    };
  }

  /** A value and a flag (ffi.map.2). */
  private MemoryLayout optional(Type.Optional type) {
    List<MemoryLayout> members = new ArrayList<>();
    members.add(member(type.payload()));
    members.add(ValueLayout.JAVA_BYTE);
    pad(members, layout.size(type) - layout.size(type.payload()) - 1);
    return MemoryLayout.structLayout(members.toArray(MemoryLayout[]::new));
  }

  /** A tag and an area of payloads, which counts as integers whatever they are (ffi.abi.1). */
  private MemoryLayout tagged(Type.Enum type) {
    long area = layout.payloadOffset(type);
    long size = layout.size(type);
    boolean words = area % Long.BYTES == 0 && size % Long.BYTES == 0;
    List<MemoryLayout> members = new ArrayList<>();
    pad(members, layout.tagOffset(type));
    members.add(member(program.types().backing(type)));
    pad(members, area - layout.tagOffset(type) - layout.size(program.types().backing(type)));
    members.add(
        words
            ? MemoryLayout.sequenceLayout((size - area) / Long.BYTES, ValueLayout.JAVA_LONG)
            : MemoryLayout.sequenceLayout(size - area, ValueLayout.JAVA_BYTE));
    return MemoryLayout.structLayout(members.toArray(MemoryLayout[]::new));
  }

  /** Bytes behind the longest arm are a member of their own. */
  private MemoryLayout union(Type.Union type) {
    List<MemoryLayout> members = new ArrayList<>();
    long longest = 0;
    for (Layout.Part p : layout.parts(type)) {
      members.add(member(p.type()));
      longest = Math.max(longest, layout.size(p.type()));
    }
    pad(members, longest < layout.size(type) ? layout.size(type) : 0);
    return MemoryLayout.unionLayout(members.toArray(MemoryLayout[]::new));
  }

  private StructLayout struct(Type type) {
    List<Layout.Part> parts = layout.parts(type);
    if (parts.isEmpty()) {
      throw new Trap(
          "a " + program.typeNames().of(type) + " cannot be passed to C at compile time");
    }
    List<MemoryLayout> members = new ArrayList<>();
    long at = 0;
    for (Layout.Part p : parts) {
      pad(members, p.offset() - at);
      members.add(member(p.type()));
      at = p.offset() + layout.size(p.type());
    }
    pad(members, layout.size(type) - at);
    return MemoryLayout.structLayout(members.toArray(MemoryLayout[]::new));
  }

  private static void pad(List<MemoryLayout> members, long bytes) {
    if (bytes > 0) {
      members.add(MemoryLayout.paddingLayout(bytes));
    }
  }

  private MemoryLayout member(Type type) {
    if (isAggregate(type)) {
      return aggregate(type);
    }
    if (layout.machine(type) instanceof Type.Float) {
      return layout(type);
    }
    return switch ((int) layout.size(type)) {
      case 1 -> ValueLayout.JAVA_BYTE;
      case 2 -> ValueLayout.JAVA_SHORT;
      case 4 -> ValueLayout.JAVA_INT;
      default -> ValueLayout.JAVA_LONG;
    };
  }

  /** A register as an argument for the layout of its type. */
  Object toHost(Type type, long register) {
    if (isAggregate(type)) {
      return MemorySegment.ofAddress(register).reinterpret(layout.size(type));
    }
    Type machine = layout.machine(type);
    if (machine instanceof Type.Float f) {
      return f.bits() == 32 ? (Object) FloatOps.f32(register) : (Object) FloatOps.f64(register);
    }
    return layout.size(type) == 8 ? (Object) register : (Object) (int) register;
  }

  /** A scalar result as a register. */
  long fromHost(Type type, Object value) {
    Type machine = layout.machine(type);
    return switch (value) {
      case Float f -> FloatOps.bits(f);
      case Double d -> FloatOps.bits(d);
      case Number n when machine instanceof Type.Int i -> {
        int unused = 64 - i.bits();
        yield i.signed() ? n.longValue() << unused >> unused : n.longValue() << unused >>> unused;
      }
      case Number n when machine instanceof Type.Bool -> n.longValue() & 1;
      case Number n -> n.longValue();
      default -> throw new IllegalArgumentException("result " + value);
    };
  }
}
