package sx.sema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import sx.sema.tree.Instance;
import sx.sema.tree.Local;
import sx.source.Span;
import sx.type.Type;
import sx.type.TypeTable;
import sx.type.Types;

/**
 * Which tags can come from where: named sets, and the inferred ones of functions with a bare {@code
 * !}, which are known when every body has been checked (err.infer.1, err.widen.1).
 */
final class ErrorSets {
  /** Something that errors come from. */
  sealed interface Source {
    /** All tags of a named set. */
    record Named(Type.ErrorSet set) implements Source {}

    record Tag(int id) implements Source {}

    /** What a function with a bare {@code !} raises. */
    record Inferred(InferredSet set) implements Source {}

    record Several(List<Source> parts) implements Source {}

    Source NOTHING = new Several(List.of());
  }

  /** The set of one function, put together while its body is checked. */
  static final class InferredSet {
    private final List<Source> parts = new ArrayList<>();
    private boolean unknown;

    void add(Source part) {
      parts.add(part);
    }

    /** The body has errors, so that nobody knows what it was to raise. */
    void spoil() {
      unknown = true;
    }
  }

  private record Check(Span at, Source source, Type.ErrorSet allowed) {}

  private final Analysis a;
  private final TypeTable types;
  private final Map<Instance, InferredSet> ofInstance = new HashMap<>();

  /** What functions and closures that share one inferred set have in common. */
  private record Shape(List<Type> params, Type result) {
    /** The environment of a closure does not count. */
    static Shape of(Type.Function f) {
      boolean closure = !f.params().isEmpty() && f.params().getFirst().equals(Types.VOID_POINTER);
      return new Shape(closure ? f.params().subList(1, f.params().size()) : f.params(), f.result());
    }
  }

  private final Map<Shape, InferredSet> ofShape = new HashMap<>();
  private final Map<Local, Source> ofVariable = new HashMap<>();
  private final List<Check> later = new ArrayList<>();

  ErrorSets(Analysis a) {
    this.a = a;
    this.types = a.types;
  }

  /** Connects an instance with the set that its body fills. */
  void bind(Instance function, InferredSet set) {
    ofInstance.put(function, set);
  }

  /** What a variable of the type of a bare {@code !} may hold. */
  void bind(Local variable, Source source) {
    ofVariable.put(variable, source);
  }

  /** The errors of a call of a function. */
  Source of(Instance callee, Type.ErrorSet channel) {
    InferredSet set = ofInstance.get(callee);
    return isNamed(channel) || set == null ? named(channel) : new Source.Inferred(set);
  }

  /** The errors of a call through a value: those of every function of that type (err.clo.5). */
  Source of(Type.Function shape, Type.ErrorSet channel) {
    return isNamed(channel) ? named(channel) : new Source.Inferred(shape(shape));
  }

  private InferredSet shape(Type.Function shape) {
    return ofShape.computeIfAbsent(Shape.of(shape), s -> new InferredSet());
  }

  /** A function becomes a value of its type. */
  void used(Instance function, Type.ErrorSet channel) {
    if (!isNamed(channel)) {
      shape(function.type()).add(of(function, channel));
    }
  }

  Source of(Local variable, Type.ErrorSet type) {
    Source known = ofVariable.get(variable);
    return isNamed(type) || known == null ? named(type) : known;
  }

  Source named(Type.ErrorSet set) {
    return isNamed(set) ? new Source.Named(set) : Source.NOTHING;
  }

  static boolean isNamed(Type.ErrorSet set) {
    return !set.equals(Types.ANY_ERROR);
  }

  /** Errors escape into a named set; tags that it lacks are reported, now or when all is known. */
  void escapes(Span at, Source source, Type.ErrorSet allowed) {
    if (known(source).isPresent()) {
      report(new Check(at, source, allowed));
    } else {
      later.add(new Check(at, source, allowed));
    }
  }

  /** The tags of a source that needs no whole-program knowledge. */
  private Optional<List<Integer>> known(Source source) {
    return switch (source) {
      case Source.Named n -> Optional.of(types.tags(n.set()));
      case Source.Tag t -> Optional.of(List.of(t.id()));
      case Source.Inferred i -> Optional.empty();
      case Source.Several s -> {
        List<Integer> all = new ArrayList<>();
        for (Source part : s.parts()) {
          Optional<List<Integer>> tags = known(part);
          if (tags.isEmpty()) {
            yield Optional.empty();
          }
          all.addAll(tags.get());
        }
        yield Optional.of(all);
      }
    };
  }

  /** Reports what the inferred sets turn out to lack, once every body has been checked. */
  void finish() {
    later.forEach(this::report);
    later.clear();
  }

  private void report(Check c) {
    List<Integer> allowed = types.tags(c.allowed());
    for (int tag : all(c.source())) {
      if (!allowed.contains(tag)) {
        a.diagnostics.error(
            c.at(),
            "the error `"
                + types.errorName(tag)
                + "` can escape here, and the set `"
                + a.typeNames.of(c.allowed())
                + "` does not list it");
      }
    }
  }

  /** All tags of a source, in the order in which they are found. */
  Set<Integer> all(Source source) {
    Set<Integer> tags = new LinkedHashSet<>();
    collect(source, tags, java.util.Collections.newSetFromMap(new IdentityHashMap<>()));
    return tags;
  }

  private void collect(Source source, Set<Integer> tags, Set<InferredSet> seen) {
    switch (source) {
      case Source.Named n -> tags.addAll(types.tags(n.set()));
      case Source.Tag t -> tags.add(t.id());
      case Source.Several s -> s.parts().forEach(p -> collect(p, tags, seen));
      case Source.Inferred i -> {
        if (seen.add(i.set())) {
          List.copyOf(i.set().parts).forEach(p -> collect(p, tags, seen));
        }
      }
    }
  }

  /** Whether a function whose body has been checked never fails, as far as that is known. */
  boolean isEmpty(InferredSet set) {
    Set<InferredSet> seen = java.util.Collections.newSetFromMap(new IdentityHashMap<>());
    Set<Integer> tags = new LinkedHashSet<>();
    collect(new Source.Inferred(set), tags, seen);
    return tags.isEmpty() && seen.stream().noneMatch(s -> s.unknown);
  }
}
