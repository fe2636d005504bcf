package sx.sema;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sx.sema.tree.Constant;
import sx.sema.tree.Local;
import sx.sema.tree.Tree;
import sx.source.Span;
import sx.syntax.Ast;
import sx.type.Type;
import sx.type.TypeTable;
import sx.type.Types;

/** Literals of every kind, and default values (lex.int, types.lit, types.array). */
final class Literals {
  private final Checker c;

  /** The {@code null} arms that take their type from the other arms. */
  private final Set<Ast.NullLit> armNulls =
      java.util.Collections.newSetFromMap(new java.util.IdentityHashMap<>(1));

  Literals(Checker c) {
    this.c = c;
  }

  Tree.Expr intLit(Ast.IntLit i, @Nullable Type expected) {
    if (!i.fits()) {
      return c.bad(i.span(), "the literal " + i.text() + " does not fit 64 bits");
    }
    return integer(i.span(), new BigInteger(Long.toUnsignedString(i.value())), expected);
  }

  Tree.Expr charLit(Ast.CharLit ch, @Nullable Type expected) {
    return integer(ch.span(), BigInteger.valueOf(ch.codePoint()), expected);
  }

  /** An integer literal of a value, typed by what is expected (lex.int.8 to lex.int.12). */
  Tree.Expr integer(Span at, BigInteger v, @Nullable Type expected) {
    Type target = Optionals.innermost(expected);
    if (target instanceof Type.Float f) {
      double d = f.bits() == 32 ? v.floatValue() : v.doubleValue();
      return new Tree.Const(at, f, new Constant.Float(d));
    }
    Type.Int type = target instanceof Type.Int i ? i : (Type.Int) Types.I64;
    if (Integers.fits(v, type)) {
      return c.intConst(at, type, v.longValue());
    }
    if (type.equals(target) || v.bitLength() > 64) {
      Tree.Expr raw = c.intConst(at, v.signum() < 0 ? Types.I64 : Types.U64, v.longValue());
      return v.bitLength() <= 64 && (v.signum() >= 0 || v.bitLength() < 64)
          ? c.conversions.convert(raw, type, at)
          : c.bad(at, "the value " + v + " is outside of `" + c.name(type) + "`");
    }
    return c.bad(
        at,
        "the value "
            + v
            + " does not fit `i64`, the type of a literal without another; declare it u64, or cast"
            + " with `.(u64)`");
  }

  Tree.Expr floatLit(Ast.FloatLit f, @Nullable Type expected) {
    double d = Double.parseDouble(f.text().replace("_", ""));
    Type target = Optionals.innermost(expected);
    if (Types.F32.equals(target)) {
      return new Tree.Const(
          f.span(), Types.F32, new Constant.Float(Float.parseFloat(f.text().replace("_", ""))));
    }
    return new Tree.Const(f.span(), Types.F64, new Constant.Float(d));
  }

  /**
   * Marks the {@code null} that a branch or arm has as its value, if it has one and nothing tells
   * its type: the other branches will (opt.value.1).
   */
  void markNulls(Ast.Expr branch, @Nullable Type expected) {
    if (expected == null) {
      switch (branch) {
        case Ast.NullLit n -> armNulls.add(n);
        case Ast.Group g -> markNulls(g.inner(), null);
        case Ast.Block b -> markNulls(b.statements());
        default -> {}
      }
    }
  }

  /** As above for a list of statements whose last gives the value. */
  void markNulls(List<Ast.Stmt> statements) {
    if (!statements.isEmpty()
        && statements.getLast() instanceof Ast.ExprStmt e
        && !e.terminated()) {
      markNulls(e.expr(), null);
    }
  }

  Tree.Expr nullLit(Ast.NullLit n, @Nullable Type expected) {
    if (expected != null && expected.isError()) {
      return c.bad(n.span());
    }
    if (expected == null && armNulls.contains(n)) {
      return new Tree.Const(n.span(), Optionals.BARE_NULL, Constant.ZERO);
    }
    if (expected != null && (expected.isAddress() || expected instanceof Type.Optional)) {
      return new Tree.Const(n.span(), expected, Constant.ZERO);
    }
    return expected == null
        ? c.bad(n.span(), "`null` has no type here; annotate what it is for")
        : c.bad(n.span(), "`null` does not convert to `" + c.name(expected) + "`");
  }

  Tree.Expr enumLit(Ast.EnumLit l, @Nullable Type expected) {
    Type target = Optionals.innermost(expected);
    if (target != null && target.isError()) {
      return c.bad(l.span());
    }
    if (target instanceof Type.Enum e) {
      return c.variants.plain(l.span(), e, l.name().text());
    }
    if (target instanceof Type.ErrorSet s) {
      return c.errors.member(l.span(), s, l.name().text());
    }
    return c.bad(
        l.span(),
        target == null
            ? "the type of `." + l.name().text() + "` cannot be inferred here"
            : "`" + c.name(target) + "` has no variant `" + l.name().text() + "`");
  }

  // ------------------------------------------------------------------ arrays

  Tree.Expr array(Ast.ArrayLit a, @Nullable Type expected) {
    Type target = Optionals.innermost(expected);
    if (a.head().isPresent()) {
      target = c.types.resolve(a.head().get());
      if (!(target instanceof Type.Array
          || target instanceof Type.Slice
          || target instanceof Type.Vector)) {
        return target.isError()
            ? c.bad(a.span())
            : c.bad(
                a.head().get().span(),
                "`"
                    + c.name(target)
                    + "` is not an array type; annotate a variable and write `.[ … ]`");
      }
    }
    if (target != null && target.isError()) {
      return c.bad(a.span());
    }
    return switch (target) {
      case Type.Array r -> fixed(a.span(), written(a), r, r.element(), r.length());
      case Type.Vector v -> fixed(a.span(), written(a), v, v.element(), v.lanes());
      case Type.Slice s ->
          c.conversions.view(
              fixed(
                  a.span(),
                  written(a),
                  new Type.Array(s.element(), a.elements().size()),
                  s.element(),
                  a.elements().size()),
              s);
      case null, default -> inferred(a);
    };
  }

  private static List<Argument> written(Ast.ArrayLit a) {
    return a.elements().stream().<Argument>map(Argument.Written::new).toList();
  }

  private Tree.Expr fixed(Span at, List<Argument> elements, Type type, Type element, long count) {
    if (elements.size() != count) {
      return c.bad(
          at,
          "`"
              + c.name(type)
              + "` has "
              + count
              + " elements, and "
              + elements.size()
              + " are given");
    }
    List<Tree.Part> parts = new ArrayList<>();
    boolean bad = false;
    for (Argument e : elements) {
      Tree.Expr v = c.entries.initialiser(e, element);
      bad |= v.type().isError();
      parts.add(new Tree.Part(parts.size(), v));
    }
    return bad ? c.bad(at) : new Tree.Aggregate(at, type, parts);
  }

  private Tree.Expr inferred(Ast.ArrayLit a) {
    if (a.elements().isEmpty()) {
      return c.bad(
          a.span(), "the element type of an empty array literal is not known; annotate it");
    }
    List<Tree.Expr> values = new ArrayList<>();
    Type element = null;
    for (Ast.Expr e : a.elements()) {
      Tree.Expr v =
          element == null || !element.isNumeric()
              ? c.expressions.check(e, element)
              : c.expressions.any(e);
      if (v.type().isError()) {
        return v;
      }
      if (element == null) {
        element = v.type();
      }
      values.add(v);
    }
    if (element == null) {
      return c.bad(a.span());
    }
    boolean constants = values.stream().allMatch(v -> v instanceof Tree.Const);
    if (constants
        && element.isInt()
        && values.stream().allMatch(v -> v.type().isNumeric())
        && values.stream().anyMatch(v -> v.type().isFloat())
        && c.function.name.isEmpty()) {
      element = Types.F64;
    }
    List<Tree.Part> parts = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      Tree.Expr v = c.conversions.convert(values.get(i), element, a.elements().get(i).span());
      if (v.type().isError()) {
        return v;
      }
      parts.add(new Tree.Part(i, v));
    }
    return new Tree.Aggregate(a.span(), new Type.Array(element, values.size()), parts);
  }

  // ------------------------------------------------------------------ aggregates

  Tree.Expr aggregate(Ast.AggregateLit a, @Nullable Type expected) {
    Type target = Optionals.innermost(expected);
    Variants.Head variant = c.variants.head(a, target);
    if (variant != null) {
      target = variant.type();
    } else if (a.head().isPresent()) {
      target = head(a);
    }
    if (target != null && target.isError()) {
      return c.bad(a.span());
    }
    List<Entries.Entry> entries = c.entries.of(a);
    if (entries == null) {
      return c.bad(a.span());
    }
    Tree.Expr made =
        switch (target) {
          case null -> anonymous(a, entries);
          case Type.Enum e when variant != null -> c.variants.braces(a, e, variant.variant());
          case Type.Enum e ->
              c.bad(
                  a.span(), "`" + c.name(e) + "` is made by naming a variant" + variantForm(a, e));
          case Type.Union u -> c.variants.union(a, u);
          case Type.Struct s -> struct(a, entries, s);
          case Type.Array r -> elements(a, entries, r, r.element(), r.length());
          case Type.Vector v -> elements(a, entries, v, v.element(), v.lanes());
          case Type.Tuple t -> tuple(a, entries, t);
          case Type.Closure k ->
              words(
                  a,
                  entries,
                  k,
                  List.of("fn_ptr", "env"),
                  List.of(Types.VOID_POINTER, Types.VOID_POINTER));
          case Type.Slice s -> words(a, entries, s);
          case Type.Str s -> words(a, entries, s);
          case Type.Any x -> anonymous(a, entries);
          default -> c.bad(a.span(), "`" + c.name(target) + "` is not made by a literal in braces");
        };
    return a.init().isPresent() && !made.type().isError() ? initialised(a, made) : made;
  }

  /** How {@code .{ name = v }} is written for a tagged union (types.tag.9). */
  private String variantForm(Ast.AggregateLit a, Type.Enum e) {
    Optional<String> name =
        a.entries().stream().findFirst().flatMap(f -> f.name()).map(Ast.Name::text);
    return name.filter(n -> c.variants.indexOf(e, n) >= 0).map(n -> ": `." + n + "(…)`").orElse("");
  }

  private Type head(Ast.AggregateLit a) {
    Ast.Expr h = a.head().orElseThrow();
    if (h instanceof Ast.NameExpr n && c.names.find(n.name(), Names.Use.TYPE) == null) {
      c.error(a.span(), "unknown type `" + n.name().text() + "`");
      return Types.ERROR;
    }
    return c.types.resolve(h);
  }

  /** {@code T.{ … } { … }}: the block sees the object as {@code self} (types.lit.9). */
  private Tree.Expr initialised(Ast.AggregateLit a, Tree.Expr made) {
    Local object = new Local("object", made.type(), a.span());
    Local self = new Local("self", new Type.Pointer(made.type()), a.span());
    Tree.Expr ref = new Tree.LocalRef(a.span(), object);
    return c.scoped(
        () -> {
          c.scope.declare("self", new Entity.Variable(self, Entity.Binding.VARIABLE, c.function));
          Tree.Expr body = c.statements.block(a.init().orElseThrow());
          List<Tree.Stmt> steps =
              List.of(
                  new Tree.Declare(a.span(), object, Optional.of(made)),
                  new Tree.Declare(
                      a.span(), self, Optional.of(new Tree.AddressOf(a.span(), self.type(), ref))),
                  new Tree.ExprStmt(a.span(), body));
          return new Tree.Block(a.span(), made.type(), steps, Optional.of(ref));
        });
  }

  /** Whether bare identifiers name fields: all of them or none (types.lit.2). */
  private static boolean shorthandFits(List<Entries.Entry> entries, Set<String> fields) {
    return entries.stream()
        .filter(e -> e.form() == Ast.EntryForm.SHORTHAND)
        .allMatch(e -> fields.contains(e.text()));
  }

  private Tree.Expr struct(Ast.AggregateLit a, List<Entries.Entry> entries, Type.Struct s) {
    List<TypeTable.Field> fields = c.analysis.types.fields(s);
    Map<String, Integer> byName = new HashMap<>();
    for (int i = 0; i < fields.size(); i++) {
      byName.put(fields.get(i).name(), i);
    }
    boolean shorthand = shorthandFits(entries, byName.keySet());
    List<Tree.Part> parts = new ArrayList<>();
    Set<Integer> given = new HashSet<>();
    int next = 0;
    boolean bad = false;
    for (Entries.Entry e : entries) {
      boolean named =
          e.form() == Ast.EntryForm.NAMED || (e.form() == Ast.EntryForm.SHORTHAND && shorthand);
      Integer index = named ? byName.get(e.text()) : Integer.valueOf(next++);
      if (index == null) {
        c.error(e.span(), "the struct `" + c.name(s) + "` has no field `" + e.text() + "`");
        bad = true;
        continue;
      }
      if (index >= fields.size()) {
        c.error(
            e.span(),
            "the struct `"
                + c.name(s)
                + "` has "
                + fields.size()
                + " fields, and more values are given");
        return c.bad(a.span());
      }
      if (!given.add(index)) {
        c.error(e.span(), "the field `" + fields.get(index).name() + "` is given twice");
        bad = true;
        continue;
      }
      Tree.Expr v = field(a, e.value(), fields.get(index).type());
      bad |= v.type().isError();
      parts.add(new Tree.Part(index, v));
    }
    for (int i = 0; i < fields.size(); i++) {
      if (!given.contains(i)) {
        parts.add(new Tree.Part(i, fieldDefault(s, i, a.span())));
      }
    }
    return bad ? c.bad(a.span()) : new Tree.Aggregate(a.span(), s, parts);
  }

  /**
   * The value of a field; an object that is there already and cannot be owned marks the literal.
   */
  private Tree.Expr field(Ast.AggregateLit a, Argument value, Type type) {
    Span outer = c.literal;
    c.literal = value instanceof Argument.Written w && isPlace(w.expr()) ? a.span() : null;
    try {
      return c.entries.initialiser(value, type);
    } finally {
      c.literal = outer;
    }
  }

  private static boolean isPlace(Ast.Expr e) {
    return switch (e) {
      case Ast.NameExpr n -> true;
      case Ast.Member m -> isPlace(m.base());
      case Ast.Group g -> isPlace(g.inner());
      case Ast.Deref d -> isPlace(d.base());
      case Ast.Unary u ->
          (u.op() == Ast.UnaryOp.ADDRESS || u.op() == Ast.UnaryOp.CONVERT) && isPlace(u.operand());
      default -> false;
    };
  }

  private Tree.Expr elements(
      Ast.AggregateLit a, List<Entries.Entry> entries, Type type, Type element, long count) {
    if (a.entries().isEmpty()) {
      return new Tree.Fill(a.span(), type, defaultValue(element, a.span()));
    }
    for (Entries.Entry e : entries) {
      if (e.form() == Ast.EntryForm.NAMED) {
        return c.bad(e.span(), "`" + c.name(type) + "` has no field `" + e.text() + "`");
      }
    }
    return fixed(
        a.span(), entries.stream().map(Entries.Entry::value).toList(), type, element, count);
  }

  /** A tuple literal: positional, or by the names of the slots (types.tuple.2). */
  private Tree.Expr tuple(Ast.AggregateLit a, List<Entries.Entry> entries, Type.Tuple t) {
    if (entries.size() != t.elements().size()) {
      return c.bad(
          a.span(),
          "`"
              + c.name(t)
              + "` has "
              + t.elements().size()
              + " elements, and "
              + entries.size()
              + " are given");
    }
    boolean shorthand = shorthandFits(entries, Set.copyOf(t.labels()));
    List<Tree.Part> parts = new ArrayList<>();
    Set<Integer> given = new HashSet<>();
    boolean bad = false;
    for (Entries.Entry e : entries) {
      boolean named =
          e.form() == Ast.EntryForm.NAMED || (e.form() == Ast.EntryForm.SHORTHAND && shorthand);
      int index = named ? t.labels().indexOf(e.text()) : parts.size();
      if (index < 0 || !given.add(index)) {
        return c.bad(
            a.span(),
            index < 0
                ? "`" + c.name(t) + "` has no element `" + e.text() + "`"
                : "element " + index + " of `" + c.name(t) + "` is given twice");
      }
      Tree.Expr v = c.entries.initialiser(e.value(), t.elements().get(index));
      bad |= v.type().isError();
      parts.add(new Tree.Part(index, v));
    }
    return bad ? c.bad(a.span()) : new Tree.Aggregate(a.span(), t, parts);
  }

  /** A slice or string from {@code ptr} and {@code len} (types.slice.4, types.str.4). */
  private Tree.Expr words(Ast.AggregateLit a, List<Entries.Entry> entries, Type type) {
    Type element = type instanceof Type.Slice s ? s.element() : Types.U8;
    return words(
        a, entries, type, List.of("ptr", "len"), List.of(new Type.ManyPointer(element), Types.I64));
  }

  /** A value of two words from its parts. */
  private Tree.Expr words(
      Ast.AggregateLit a,
      List<Entries.Entry> entries,
      Type type,
      List<String> names,
      List<Type> types) {
    boolean shorthand = shorthandFits(entries, Set.copyOf(names));
    List<Tree.Part> parts = new ArrayList<>();
    Set<Integer> given = new HashSet<>();
    for (Entries.Entry e : entries) {
      boolean named =
          e.form() == Ast.EntryForm.NAMED || (e.form() == Ast.EntryForm.SHORTHAND && shorthand);
      int index = named ? names.indexOf(e.text()) : parts.size();
      if (index < 0 || index > 1 || !given.add(index)) {
        return c.bad(
            e.span(),
            "`"
                + c.name(type)
                + "` is made from one `"
                + names.get(0)
                + "` and one `"
                + names.get(1)
                + "`");
      }
      Tree.Expr v = c.entries.initialiser(e.value(), types.get(index));
      if (v.type().isError()) {
        return v;
      }
      parts.add(new Tree.Part(index, v));
    }
    for (int i = 0; i < 2; i++) {
      if (!given.contains(i)) {
        parts.add(new Tree.Part(i, defaultValue(types.get(i), a.span())));
      }
    }
    return new Tree.Aggregate(a.span(), type, parts);
  }

  private Tree.Expr anonymous(Ast.AggregateLit a, List<Entries.Entry> entries) {
    boolean named = entries.stream().anyMatch(Entries.Entry::isNamed);
    boolean positional = entries.stream().anyMatch(e -> !e.isNamed());
    if (named && positional) {
      return c.bad(a.span(), "a literal without a type cannot mix named and positional entries");
    }
    List<TypeTable.Field> fields = new ArrayList<>();
    List<Tree.Part> parts = new ArrayList<>();
    for (Entries.Entry e : entries) {
      Tree.Expr v = c.calls.checked(e.value(), null);
      if (v.type().isError()) {
        return v;
      }
      if (v.type() instanceof Type.Void && !Expressions.isVoidValue(v)) {
        return c.bad(v.span(), "this has no value");
      }
      String name = named ? e.text() : String.valueOf(parts.size());
      if (fields.stream().anyMatch(f -> f.name().equals(name))) {
        return c.bad(e.span(), "the field `" + name + "` is given twice");
      }
      fields.add(new TypeTable.Field(name, v.type()));
      parts.add(new Tree.Part(parts.size(), v));
    }
    return new Tree.Aggregate(a.span(), c.analysis.unnamed.struct(fields), parts);
  }

  // ------------------------------------------------------------------ defaults

  /** What {@code v : T;} gives (decl.var.6). */
  Tree.Expr defaultValue(Type t, Span at) {
    c.analysis.structs.checkContainment(); // a type that holds itself has no end
    return switch (t) {
      case Type.Struct s -> {
        if (c.analysis.structs.info(s).defaults.stream().allMatch(d -> d.value().isEmpty())
            && c.analysis.types.fields(s).stream().allMatch(f -> isZeroDefault(f.type()))) {
          yield new Tree.Const(at, t, Constant.ZERO);
        }
        List<Tree.Part> parts = new ArrayList<>();
        for (int i = 0; i < c.analysis.types.fields(s).size(); i++) {
          parts.add(new Tree.Part(i, fieldDefault(s, i, at)));
        }
        yield new Tree.Aggregate(at, t, parts);
      }
      case Type.Array r when !isZeroDefault(r.element()) ->
          new Tree.Fill(at, t, defaultValue(r.element(), at));
      case Type.Tuple u when !isZeroDefault(u) -> {
        List<Tree.Part> parts = new ArrayList<>();
        u.elements().forEach(e -> parts.add(new Tree.Part(parts.size(), defaultValue(e, at))));
        yield new Tree.Aggregate(at, t, parts);
      }
      case Type.Int i -> c.intConst(at, t, 0);
      case Type.Bool b -> c.intConst(at, t, 0);
      case Type.Float f -> new Tree.Const(at, t, new Constant.Float(0));
      default -> new Tree.Const(at, t, Constant.ZERO);
    };
  }

  private boolean isZeroDefault(Type t) {
    return switch (t) {
      case Type.Struct s ->
          c.analysis.structs.info(s).defaults.stream().allMatch(d -> d.value().isEmpty())
              && c.analysis.types.fields(s).stream().allMatch(f -> isZeroDefault(f.type()));
      case Type.Array r -> isZeroDefault(r.element());
      case Type.Tuple u -> u.elements().stream().allMatch(this::isZeroDefault);
      default -> true;
    };
  }

  /** The default of field {@code i}, with the names of the struct that declares it (mod.ctx.1). */
  private Tree.Expr fieldDefault(Type.Struct s, int i, Span at) {
    Type type = c.analysis.types.fields(s).get(i).type();
    StructInfo.FieldDefault d = c.analysis.structs.info(s).defaults.get(i);
    if (d.value().isEmpty()) {
      return defaultValue(type, at);
    }
    Scope outer = c.scope;
    c.scope = d.scope();
    try {
      return c.initialiser(d.value().get(), type);
    } finally {
      c.scope = outer;
    }
  }
}
