package sx.sema;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sx.sema.tree.Constant;
import sx.sema.tree.Tree;
import sx.source.Span;
import sx.syntax.Ast;
import sx.type.Type;
import sx.type.TypeTable;
import sx.type.Types;

/** Values of enums and tagged unions: how they are written and read (types.enum, types.tag). */
final class Variants {
  private final Checker c;

  Variants(Checker c) {
    this.c = c;
  }

  /** The position of a variant, or -1. */
  int indexOf(Type.Enum type, String name) {
    List<TypeTable.Variant> variants = c.analysis.types.variants(type);
    for (int i = 0; i < variants.size(); i++) {
      if (variants.get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  private int find(Span at, Type.Enum type, String name) {
    int index = indexOf(type, name);
    if (index < 0) {
      c.error(at, missing(type, name));
    }
    return index;
  }

  /** That an enum has no such variant, and which ones it has (types.enum.9). */
  String missing(Type.Enum type, String name) {
    List<String> names = c.analysis.types.variants(type).stream().map(v -> "." + v.name()).toList();
    return "the enum `"
        + c.name(type)
        + "` has no variant `"
        + name
        + "`; it has "
        + String.join(", ", names);
  }

  /** {@code .v} or {@code Type.v}: a payload that is left out is zeroed (types.tag.7). */
  Tree.Expr plain(Span at, Type.Enum type, String name) {
    int index = find(at, type, name);
    if (index < 0) {
      return c.bad(at);
    }
    TypeTable.Variant v = c.analysis.types.variants(type).get(index);
    return c.analysis.types.isTaggedUnion(type)
        ? made(at, type, index, new Tree.Const(at, v.payload(), Constant.ZERO))
        : c.intConst(at, type, tag(type, v));
  }

  /** Whether a variant has a tag. */
  boolean hasTag(Type.Enum type, int variant, long value) {
    return tag(type, c.analysis.types.variants(type).get(variant)) == value;
  }

  private long tag(Type.Enum type, TypeTable.Variant v) {
    return Integers.wrap(v.value(), c.analysis.types.backing(type));
  }

  private Tree.Expr made(Span at, Type.Enum type, int index, Tree.Expr payload) {
    TypeTable.Variant v = c.analysis.types.variants(type).get(index);
    Tree.Expr tag = c.intConst(at, c.analysis.types.backing(type), tag(type, v));
    return new Tree.Aggregate(
        at, type, List.of(new Tree.Part(0, tag), new Tree.Part(index + 1, payload)));
  }

  /** {@code .v(payload)} or {@code Type.v(payload)} (types.tag.6, types.tag.8). */
  Tree.Expr call(Ast.Call call, Type.Enum type, String name) {
    int index = find(call.span(), type, name);
    if (index < 0) {
      return c.bad(call.span());
    }
    Type payload = c.analysis.types.variants(type).get(index).payload();
    if (call.args().isEmpty()) {
      return plain(call.span(), type, name);
    }
    Ast.Arg arg = call.args().getFirst();
    boolean single = call.args().size() == 1 && arg.name().isEmpty();
    if (!single || arg.value() instanceof Ast.Spread) {
      return c.bad(call.span(), "the variant `" + name + "` takes one payload value");
    }
    if (payload instanceof Type.Void) {
      return withoutPayload(call.span(), arg, type, index);
    }
    Tree.Expr v = c.value(arg.value(), payload);
    return v.type().isError() ? c.bad(call.span()) : made(call.span(), type, index, v);
  }

  /** A variant without payload may still be given a value of type void (types.prim.7). */
  private Tree.Expr withoutPayload(Span at, Ast.Arg arg, Type.Enum type, int index) {
    String name = c.analysis.types.variants(type).get(index).name();
    if (!(arg.value() instanceof Ast.Block || arg.value() instanceof Ast.NameExpr)) {
      return c.bad(at, "the variant `" + name + "` has no payload");
    }
    Tree.Expr v = c.statements.discarded(arg.value());
    if (v.type().isError()) {
      return c.bad(at);
    }
    if (!(v.type() instanceof Type.Void)) {
      return c.bad(at, "the variant `" + name + "` has no payload");
    }
    return c.analysis.types.isTaggedUnion(type) ? made(at, type, index, v) : plain(at, type, name);
  }

  // ------------------------------------------------------------------ braces

  /**
   * The enum and variant that the head of {@code .v.{ … }} or {@code Type.v.{ … }} names; null if
   * the head is none of these. Errors are reported and give an erroneous type.
   */
  @Nullable Head head(Ast.AggregateLit a, @Nullable Type target) {
    return switch (a.head().orElse(null)) {
      case Ast.EnumLit l when target instanceof Type.Enum e -> new Head(e, l.name().text());
      case Ast.EnumLit l -> {
        if (target == null || !target.isError()) {
          String name = l.name().text();
          c.error(
              a.span(),
              target == null
                  ? "the type of `." + name + ".{…}` cannot be inferred here"
                  : "`" + c.name(target) + "` has no variant `" + name + "`");
        }
        yield new Head(Types.ERROR, "");
      }
      case Ast.Member m
          when !m.chained()
              && c.names.path(m, Names.Use.TYPE) == null
              && c.types.declaredIn(m) == null -> {
        Tree.Expr base = c.expressions.any(m.base());
        if (base instanceof Tree.Const k
            && k.value() instanceof Constant.TypeValue t
            && t.type() instanceof Type.Enum e) {
          yield new Head(e, m.name().text());
        }
        if (!base.type().isError()) {
          c.error(a.span(), "`" + m.span().text() + "` is not a type");
        }
        yield new Head(Types.ERROR, "");
      }
      case null, default -> null;
    };
  }

  record Head(Type type, String variant) {}

  /** {@code .v.{ … }}: the braces make the payload (types.tag.6, types.tag.16). */
  Tree.Expr braces(Ast.AggregateLit a, Type.Enum type, String name) {
    int index = find(a.span(), type, name);
    if (index < 0) {
      return c.bad(a.span());
    }
    Type payload = c.analysis.types.variants(type).get(index).payload();
    if (payload instanceof Type.Void) {
      return c.bad(a.span(), "the variant `" + name + "` has no payload");
    }
    Tree.Expr v;
    if (isAggregate(payload, a.entries())) {
      Ast.AggregateLit inner =
          new Ast.AggregateLit(a.span(), Optional.empty(), a.entries(), Optional.empty());
      v = c.value(inner, payload);
    } else if (a.entries().size() == 1 && isPositional(a.entries().getFirst())) {
      v = c.value(a.entries().getFirst().value(), payload);
    } else {
      v =
          c.bad(
              a.span(),
              "the payload `" + c.name(payload) + "` is no aggregate: the braces hold one value");
    }
    return v.type().isError() ? c.bad(a.span()) : made(a.span(), type, index, v);
  }

  private static boolean isPositional(Ast.FieldInit e) {
    return e.form() == Ast.EntryForm.POSITIONAL || e.form() == Ast.EntryForm.SHORTHAND;
  }

  /** Whether braces make a payload of the type from parts; one value for a view is the view. */
  private static boolean isAggregate(Type payload, List<Ast.FieldInit> entries) {
    return switch (payload) {
      case Type.Struct s -> true;
      case Type.Array r -> true;
      case Type.Tuple t -> true;
      case Type.Vector v -> true;
      case Type.Union u -> true;
      case Type.Slice s -> !(entries.size() == 1 && isPositional(entries.getFirst()));
      case Type.Str s -> !(entries.size() == 1 && isPositional(entries.getFirst()));
      case Type.Closure k -> !(entries.size() == 1 && isPositional(entries.getFirst()));
      case Type.Optional o -> isAggregate(o.payload(), entries);
      default -> false;
    };
  }

  // ------------------------------------------------------------------ reading

  /** {@code e.tag} or {@code e.v}; null if the enum has no such member (types.tag.5, tag.10). */
  Tree.@Nullable Expr member(Tree.Expr base, Type.Enum type, String name, Span at) {
    if (name.equals("tag")) {
      return tagOf(base, type, at);
    }
    int index = c.analysis.types.isTaggedUnion(type) ? indexOf(type, name) : -1;
    return index < 0 ? null : payload(base, type, index, at);
  }

  /** The payload area of a value as the payload of a variant. */
  Tree.Expr payload(Tree.Expr base, Type.Enum type, int index, Span at) {
    Type payload = c.analysis.types.variants(type).get(index).payload();
    return new Tree.Field(at, payload, base, index + 1);
  }

  /** The tag as an integer of the tag type. */
  Tree.Expr tagOf(Tree.Expr base, Type.Enum type, Span at) {
    Type.Int backing = c.analysis.types.backing(type);
    if (!c.analysis.types.isTaggedUnion(type)) {
      return c.conversions.cast(base, backing, at);
    }
    if (base instanceof Tree.LocalRef r && c.analysis.variantOf.containsKey(r.local())) {
      int index = c.analysis.variantOf.get(r.local());
      return c.intConst(at, backing, tag(type, c.analysis.types.variants(type).get(index)));
    }
    return switch (Folding.constant(base).orElse(null)) {
      case Constant.Variant v ->
          c.intConst(at, backing, tag(type, c.analysis.types.variants(type).get(v.index())));
      case Constant.Zero z -> c.intConst(at, backing, 0);
      case null, default -> new Tree.Field(at, backing, base, 0);
    };
  }

  /** Why a place may not be assigned as a whole, or null (types.tag.11). */
  @Nullable String refusal(Tree.Expr place) {
    if (!(place instanceof Tree.Field f && f.base().type() instanceof Type.Enum e)) {
      return null;
    }
    if (f.index() == 0) {
      return "the tag of `" + c.name(e) + "` is set by assigning the whole value";
    }
    String name = c.analysis.types.variants(e).get(f.index() - 1).name();
    return "a variant cannot be assigned, for the tag would not follow; assign the whole value: `= ."
        + name
        + "(…)`";
  }

  // ------------------------------------------------------------------ untagged unions

  /** A literal of an untagged union: one member, or members of one unnamed arm (types.union.5). */
  Tree.Expr union(Ast.AggregateLit a, Type.Union type) {
    if (a.entries().isEmpty()) {
      return new Tree.Undefined(a.span(), type);
    }
    List<Integer> members = new ArrayList<>();
    for (Ast.FieldInit e : a.entries()) {
      String name = e.name().map(Ast.Name::text).orElse("");
      int index = e.form() == Ast.EntryForm.NAMED || !name.isEmpty() ? memberOf(type, name) : -1;
      if (index < 0 && e.form() == Ast.EntryForm.NAMED) {
        return c.bad(
            e.value().span(), "the union `" + c.name(type) + "` has no member `" + name + "`");
      }
      if (index < 0) {
        return c.bad(a.span(), "a literal of a union names the member that it sets");
      }
      members.add(index);
    }
    int first = members.getFirst();
    TypeTable.Field member = c.analysis.types.fields(type).get(first);
    boolean isArm = member.name().isEmpty();
    if (members.stream().anyMatch(i -> i != first) || (members.size() > 1 && !isArm)) {
      return c.bad(a.span(), "the members of a union share their storage: a literal sets only one");
    }
    Ast.AggregateLit inner =
        new Ast.AggregateLit(a.span(), Optional.empty(), a.entries(), Optional.empty());
    Tree.Expr v =
        isArm
            ? c.value(inner, member.type())
            : c.value(a.entries().getFirst().value(), member.type());
    return v.type().isError()
        ? c.bad(a.span())
        : new Tree.Aggregate(a.span(), type, List.of(new Tree.Part(first, v)));
  }

  /** The member of that name, or the unnamed arm that has such a field; -1 if there is none. */
  private int memberOf(Type.Union type, String name) {
    List<TypeTable.Field> members = c.analysis.types.fields(type);
    for (int i = 0; i < members.size(); i++) {
      TypeTable.Field m = members.get(i);
      boolean promoted =
          m.name().isEmpty() && m.type() instanceof Type.Struct s && fieldOf(s, name) >= 0;
      if (promoted || (!name.isEmpty() && m.name().equals(name))) {
        return i;
      }
    }
    return -1;
  }

  private int fieldOf(Type.Struct type, String name) {
    List<TypeTable.Field> fields = c.analysis.types.fields(type);
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /** A member of an untagged union, those of unnamed arms included; null if there is none. */
  Tree.@Nullable Expr member(Tree.Expr base, Type.Union type, String name, Span at) {
    int index = memberOf(type, name);
    if (index < 0) {
      return null;
    }
    TypeTable.Field m = c.analysis.types.fields(type).get(index);
    Tree.Expr member = new Tree.Field(at, m.type(), base, index);
    if (!m.name().isEmpty() || !(m.type() instanceof Type.Struct arm)) {
      return member;
    }
    int field = fieldOf(arm, name);
    return new Tree.Field(at, c.analysis.types.fields(arm).get(field).type(), member, field);
  }
}
