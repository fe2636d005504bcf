package sx.driver;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sx.comptime.Evaluation;
import sx.comptime.HostFunction;
import sx.comptime.Vm;
import sx.ir.Reflection;
import sx.sema.Analysis;
import sx.sema.Constructions;
import sx.sema.tree.Instance;
import sx.type.Type;
import sx.type.TypeKind;
import sx.type.TypeTable;

/** What the compiler does for compile-time code that asks it (ct.raw, ct.make.11). */
final class CompilerServices {
  private final Analysis analysis;
  private final TypeTable types;
  private final Reflection reflection;
  private final List<String> texts = new ArrayList<>(List.of(""));
  private final Map<String, Integer> textIds = new HashMap<>();

  private CompilerServices(Analysis analysis, TypeTable types, Reflection reflection) {
    this.analysis = analysis;
    this.types = types;
    this.reflection = reflection;
  }

  static void provide(Vm vm, Analysis analysis, TypeTable types, Reflection reflection) {
    CompilerServices s = new CompilerServices(analysis, types, reflection);
    add(vm, "raw_declare_type", s::declare);
    add(vm, "raw_register_type", s::register);
    add(vm, "pointee_type", s::pointee);
    add(vm, "__sx_print_frames", CompilerServices::printFrames);
    vm.guardTypes(t -> analysis.constructions().refusal(t));
    add(vm, "raw_intern", (e, a) -> s.intern(text(e, a[0])));
    add(vm, "raw_text_of", s::textOf);
    add(vm, "raw_find_type", s::find);
    add(vm, "raw_type_kind", (e, a) -> kind(types, s.handle(e, a[0])));
    add(vm, "raw_type_name", (e, a) -> s.intern(reflection.typeName(s.handle(e, a[0]))));
    add(vm, "raw_field_count", (e, a) -> s.count(s.handle(e, a[0])));
    add(vm, "raw_field_name", (e, a) -> s.intern(reflection.memberName(s.member(e, a), a[1])));
    add(
        vm,
        "raw_field_type",
        (e, a) -> types.tag(reflection.memberType(s.member(e, a), a[1])) + 1L);
    add(vm, "raw_variant_value", (e, a) -> reflection.variantValue(s.member(e, a), a[1]));
    add(vm, "raw_pointer_to", (e, a) -> types.tag(new Type.Pointer(s.type(e, a[0]))));
  }

  private static void add(Vm vm, String name, HostFunction service) {
    vm.provide(Instance.SERVICE + name, service);
  }

  // ------------------------------------------------------------------ making types

  private long declare(Evaluation e, long[] args) {
    try {
      return types.tag(analysis.constructions().declare(text(e, args[0])));
    } catch (Constructions.Refused r) {
      throw e.fail(r.reason());
    }
  }

  private long register(Evaluation e, long[] args) {
    ByteBuffer view = words(e, args[2], 16);
    long count = view.getLong(8);
    List<Constructions.Member> members = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      long at = view.getLong(0) + i * 24;
      members.add(new Constructions.Member(text(e, at), type(e, words(e, at + 16, 8).getLong(0))));
    }
    try {
      return types.tag(analysis.constructions().register(type(e, args[0]), args[1], members));
    } catch (Constructions.Refused r) {
      throw e.fail(r.reason());
    }
  }

  private long pointee(Evaluation e, long[] args) {
    Type t = type(e, args[0]);
    if (!(t instanceof Type.Pointer || t instanceof Type.ManyPointer)) {
      throw e.fail("`" + reflection.typeName(t) + "` is not a pointer type");
    }
    return types.tag(reflection.pointee(t));
  }

  /** Lists the active functions but the library's own that asks (ct.env.11, err.trace.9). */
  private static long printFrames(Evaluation e, long[] args) {
    StringBuilder text = new StringBuilder("comptime call frames (most recent call last):\n");
    List<String> active = e.activeFunctions();
    for (String name : active.subList(0, Math.max(0, active.size() - 1))) {
      if (!name.startsWith(ComptimeEvaluator.NAMELESS)) {
        text.append("  at ").append(name).append('\n');
      }
    }
    e.print(text.toString());
    return 0;
  }

  // ------------------------------------------------------------------ handles

  private int intern(String text) {
    return textIds.computeIfAbsent(
        text,
        t -> {
          texts.add(t);
          return texts.size() - 1;
        });
  }

  private long textOf(Evaluation e, long[] args) {
    byte[] bytes = textOfHandle(e, args[0]).getBytes(StandardCharsets.ISO_8859_1);
    ByteBuffer words = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    words.putLong(0, e.store(bytes));
    words.putLong(8, bytes.length);
    return e.store(words.array());
  }

  private String textOfHandle(Evaluation e, long handle) {
    if (handle < 1 || handle >= texts.size()) {
      throw e.fail("the text handle " + handle + " denotes nothing");
    }
    return texts.get((int) handle);
  }

  private long find(Evaluation e, long[] args) {
    Optional<Type> found = analysis.namedType(textOfHandle(e, args[0]));
    return found.map(t -> types.tag(t) + 1L).orElse(0L);
  }

  private Type handle(Evaluation e, long handle) {
    if (handle < 1 || handle > types.tagCount()) {
      throw e.fail("the type handle " + handle + " denotes nothing");
    }
    return types.ofTag((int) handle - 1);
  }

  private Type member(Evaluation e, long[] args) {
    Type t = handle(e, args[0]);
    if (args[1] < 0 || args[1] >= count(t)) {
      throw e.fail(
          "the index "
              + args[1]
              + " is outside of the "
              + count(t)
              + " members of `"
              + reflection.typeName(t)
              + "`");
    }
    return t;
  }

  private long count(Type t) {
    return t instanceof Type.ErrorSet s ? types.tags(s).size() : reflection.count(t);
  }

  /** The numbers of ct.raw.3. */
  private static long kind(TypeTable types, Type t) {
    return switch (TypeKind.of(t, types)) {
      case STRUCT -> 1;
      case ENUM -> 2;
      case TAGGED_UNION -> 3;
      case TUPLE -> 4;
      case UNION -> 5;
      case ARRAY -> 6;
      case VECTOR -> 7;
      case ERROR_SET -> 8;
      default -> 0;
    };
  }

  // ------------------------------------------------------------------ memory

  private Type type(Evaluation e, long tag) {
    if (tag < 0 || tag >= types.tagCount()) {
      throw e.fail("a value that is no type is used as one");
    }
    return types.ofTag((int) tag);
  }

  private static ByteBuffer words(Evaluation e, long at, long bytes) {
    return ByteBuffer.wrap(e.read(at, bytes)).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static String text(Evaluation e, long at) {
    ByteBuffer view = words(e, at, 16);
    return view.getLong(8) == 0
        ? ""
        : new String(e.read(view.getLong(0), view.getLong(8)), StandardCharsets.ISO_8859_1);
  }
}
