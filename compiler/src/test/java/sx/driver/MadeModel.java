package sx.driver;

import java.util.ArrayList;
import java.util.List;

/**
 * Descriptions of types to be made, and what the reference says of the types: their names, layout
 * and printed values. Knows nothing of the compiler.
 */
final class MadeModel {
  private MadeModel() {}

  /** A type as the generator draws it; {@link Program#type} says what the numbers mean. */
  record Draw(int kind, int of, int count) {}

  /** A member as the generator draws it: the type of a field or element, maybe no payload. */
  record Member(Draw type, boolean payload) {}

  enum Kind {
    STRUCT,
    ENUM,
    TUPLE
  }

  /** A type to be made, with at least one member. */
  record Made(Kind kind, List<Member> members) {}

  sealed interface Ty {
    record Prim(String name, int size, String sample, String printed) implements Ty {}

    /** A pointer, slice or nullable pointer: {@code *}, {@code []}, {@code ?*}. */
    record Handle(String mark, Ty target) implements Ty {}

    record Optional(Ty payload) implements Ty {}

    record Array(Ty element, int length) implements Ty {}

    record Ref(int index) implements Ty {}

    record Nothing() implements Ty {}
  }

  private static final List<Ty> PRIMS =
      List.of(
          new Ty.Prim("i64", 8, "7", "7"),
          new Ty.Prim("u8", 1, "200", "200"),
          new Ty.Prim("bool", 1, "true", "true"),
          new Ty.Prim("string", 16, "\"s\"", "s"),
          new Ty.Prim("i16", 2, "-5", "-5"),
          new Ty.Prim("u32", 4, "9", "9"),
          new Ty.Prim("f64", 8, "1.5", "1.500000"),
          new Ty.Prim("f32", 4, "0.25", "0.250000"),
          new Ty.Prim("usize", 8, "3", "3"));

  /** Some types to be made, numbered; one may hold by value only those before it. */
  record Program(List<Made> types) {
    String name(int index) {
      return "T" + index;
    }

    String member(int index, int n) {
      return types.get(index).kind() == Kind.TUPLE ? "" : (char) ('a' + n % 26) + "_" + n;
    }

    /** What a member of the type with that number holds. */
    Ty type(int index, Member m) {
      boolean isVariant = types.get(index).kind() == Kind.ENUM;
      return isVariant && !m.payload() ? new Ty.Nothing() : type(index, m.type());
    }

    private Ty type(int index, Draw d) {
      Ty prim = PRIMS.get(Math.floorMod(d.of(), PRIMS.size()));
      Ty any = reachable(index, d.of());
      return switch (d.kind()) {
        case 1 -> new Ty.Handle("*", any);
        case 2 -> new Ty.Handle("[]", any);
        case 3 -> new Ty.Handle("?*", any);
        case 4 -> new Ty.Optional(prim);
        case 5 -> new Ty.Array(prim, 1 + d.count());
        case 6 -> held(index, d.of(), prim);
        case 7 -> new Ty.Array(held(index, d.of(), prim), 1 + d.count() % 2);
        case 8 -> new Ty.Optional(held(index, d.of(), prim));
        default -> prim;
      };
    }

    /** A type of the program that may stand behind a handle; tuples have none to themselves. */
    private Ty reachable(int index, int of) {
      int n = Math.floorMod(of, types.size());
      boolean open = n >= index && types.get(n).kind() == Kind.TUPLE;
      return open ? PRIMS.getFirst() : new Ty.Ref(n);
    }

    private static Ty held(int index, int of, Ty otherwise) {
      return index == 0 ? otherwise : new Ty.Ref(Math.floorMod(of, index));
    }

    List<Ty> members(int index) {
      return types.get(index).members().stream().map(m -> type(index, m)).toList();
    }

    boolean isPlain(int index) {
      return types.get(index).kind() == Kind.ENUM
          && members(index).stream().allMatch(t -> t instanceof Ty.Nothing);
    }

    // ---------------------------------------------------------------- names (types.name)

    String spelled(Ty t) {
      return switch (t) {
        case Ty.Prim p -> p.name();
        case Ty.Handle h -> h.mark() + spelled(h.target());
        case Ty.Optional o -> "?" + spelled(o.payload());
        case Ty.Array a -> "[" + a.length() + "]" + spelled(a.element());
        case Ty.Ref r -> name(r.index());
        case Ty.Nothing n -> "void";
      };
    }

    String displayed(Ty t) {
      return switch (t) {
        case Ty.Handle h -> h.mark() + displayed(h.target());
        case Ty.Optional o -> "?" + displayed(o.payload());
        case Ty.Array a -> "[" + a.length() + "]" + displayed(a.element());
        case Ty.Ref r when types.get(r.index()).kind() == Kind.TUPLE -> {
          List<String> parts = members(r.index()).stream().map(this::displayed).toList();
          yield "(" + String.join(", ", parts) + (parts.size() == 1 ? ",)" : ")");
        }
        default -> spelled(t);
      };
    }

    // ---------------------------------------------------------------- layout (types.layout)

    long size(Ty t) {
      return switch (t) {
        case Ty.Prim p -> p.size();
        case Ty.Handle h -> h.mark().equals("[]") ? 16 : 8;
        case Ty.Optional o -> up(size(o.payload()) + 1, align(o.payload()));
        case Ty.Array a -> size(a.element()) * a.length();
        case Ty.Nothing n -> 0;
        case Ty.Ref r when isPlain(r.index()) -> 8;
        case Ty.Ref r when types.get(r.index()).kind() == Kind.ENUM ->
            up(8 + members(r.index()).stream().mapToLong(this::size).reduce(8, Math::max), 8);
        case Ty.Ref r -> up(end(r.index(), members(r.index()).size()), align(t));
      };
    }

    long align(Ty t) {
      return switch (t) {
        case Ty.Prim p -> Math.min(8, p.size());
        case Ty.Handle h -> 8;
        case Ty.Optional o -> align(o.payload());
        case Ty.Array a -> align(a.element());
        case Ty.Nothing n -> 1;
        case Ty.Ref r when types.get(r.index()).kind() == Kind.ENUM -> 8;
        case Ty.Ref r -> members(r.index()).stream().mapToLong(this::align).reduce(1, Math::max);
      };
    }

    /** Where a field of a struct or an element of a tuple begins. */
    long offset(int index, int n) {
      return up(end(index, n), align(members(index).get(n)));
    }

    /** The end of the first {@code n} members. */
    private long end(int index, int n) {
      long at = 0;
      for (Ty t : members(index).subList(0, n)) {
        at = up(at, align(t)) + size(t);
      }
      return at;
    }

    private static long up(long n, long align) {
      return (n + align - 1) / align * align;
    }

    // ---------------------------------------------------------------- values (types.print)

    /** A literal for a value of a type. */
    String sample(Ty t) {
      return switch (t) {
        case Ty.Prim p -> p.sample();
        case Ty.Handle h -> h.mark().equals("[]") ? ".[]" : "null";
        case Ty.Optional o -> "null";
        case Ty.Array a ->
            ".["
                + String.join(", ", java.util.Collections.nCopies(a.length(), sample(a.element())))
                + "]";
        case Ty.Nothing n -> "";
        case Ty.Ref r when types.get(r.index()).kind() == Kind.ENUM -> variant(r.index(), 0);
        case Ty.Ref r -> {
          List<String> parts = new ArrayList<>();
          for (int i = 0; i < members(r.index()).size(); i++) {
            String label = member(r.index(), i).isEmpty() ? "" : member(r.index(), i) + " = ";
            parts.add(label + sample(members(r.index()).get(i)));
          }
          yield ".{ " + String.join(", ", parts) + " }";
        }
      };
    }

    /** A literal for a value with that variant. */
    String variant(int index, int n) {
      Ty payload = members(index).get(n);
      String value = payload instanceof Ty.Nothing ? "" : "(" + sample(payload) + ")";
      return "." + member(index, n) + value;
    }

    /** What printing {@link #sample} gives. */
    String printed(Ty t) {
      return switch (t) {
        case Ty.Prim p -> p.printed();
        case Ty.Handle h -> h.mark().equals("[]") ? "[]" : "null";
        case Ty.Optional o -> "null";
        case Ty.Array a ->
            "["
                + String.join(", ", java.util.Collections.nCopies(a.length(), printed(a.element())))
                + "]";
        case Ty.Nothing n -> "";
        case Ty.Ref r ->
            switch (types.get(r.index()).kind()) {
              case ENUM -> printedVariant(r.index(), 0);
              case TUPLE -> "<?>";
              case STRUCT -> {
                List<String> parts = new ArrayList<>();
                for (int i = 0; i < members(r.index()).size(); i++) {
                  parts.add(member(r.index(), i) + ": " + printed(members(r.index()).get(i)));
                }
                yield "{" + String.join(", ", parts) + "}";
              }
            };
      };
    }

    String printedVariant(int index, int n) {
      Ty payload = members(index).get(n);
      String value = payload instanceof Ty.Nothing ? "" : "(" + printed(payload) + ")";
      return "." + member(index, n) + value;
    }
  }
}
