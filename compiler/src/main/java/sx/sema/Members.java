package sx.sema;

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

/** Member access, indexing, slicing and postfix casts (04-expressions.md sections 9 to 12). */
final class Members {
  private final Checker c;

  Members(Checker c) {
    this.c = c;
  }

  Tree.Expr member(Ast.Member m, @Nullable Type expected) {
    if (m.chained()) {
      return c.optionals.chain(
          m.base(), m.span(), m.name().text(), p -> ofPayload(p, m.name().text(), m.span()));
    }
    Packs packs = new Packs(c);
    Entity.Pack pack = packs.named(m.base());
    if (pack != null) {
      return packs.projection(pack, m);
    }
    Entity.Element element = packs.constrained(m.base());
    if (element != null) {
      return packs.hidden(element, m);
    }
    Tree.Expr limit = builtinLimit(m);
    if (limit != null) {
      return limit;
    }
    Entity entity = c.names.path(m, Names.Use.VALUE);
    if (entity != null) {
      return c.expressions.entity(entity, m.span(), expected);
    }
    Tree.Expr base = c.expressions.any(m.base());
    if (base.type().isError()) {
      return c.bad(m.span());
    }
    if (base instanceof Tree.Const k && k.value() instanceof Constant.TypeValue t) {
      return ofType(m, t.type());
    }
    return ofPayload(c.optionals.extracted(base), m.name().text(), m.span());
  }

  private Tree.Expr ofPayload(Tree.Expr base, String name, Span at) {
    Tree.Expr found = ofValue(base, name, at);
    if (found == null && base.type() instanceof Type.Tuple t) {
      found = new Packs(c).fields(base, t, name, at);
    }
    return found != null ? found : missing(at, base.type(), name);
  }

  /** A limit of a bare built-in name, whatever values are in scope (lex.reserved.10). */
  private static Tree.@Nullable Expr builtinLimit(Ast.Member m) {
    return m.base() instanceof Ast.NameExpr n
            && !n.name().raw()
            && BuiltinTypes.isReserved(n.name().text())
        ? Limits.of(m.span(), BuiltinTypes.of(n.name().text()), m.name().text())
        : null;
  }

  Tree.Expr missing(Span at, Type type, String name) {
    if (c.analysis.impls.mayBeMeant(type)) {
      return c.bad(at);
    }
    boolean isContext = c.analysis.contexts.type().filter(t -> t.equals(type)).isPresent();
    return c.bad(
        at,
        "`"
            + c.name(type)
            + "` has no member `"
            + name
            + "`"
            + (isContext ? c.analysis.contexts.listed() : ""));
  }

  /** {@code T.name}: a variant, constant, static method or numeric limit. */
  private Tree.Expr ofType(Ast.Member m, Type t) {
    String name = m.name().text();
    Tree.Expr limit = Limits.of(m.span(), t, name);
    if (limit != null) {
      return limit;
    }
    switch (t) {
      case Type.Enum e -> {
        return c.variants.plain(m.span(), e, name);
      }
      case Type.Struct s -> {
        StructInfo info = c.analysis.structs.info(s);
        Entity member = structMember(info, name);
        if (member != null) {
          return c.expressions.entity(member, m.span(), null);
        }
      }
      default -> {}
    }
    return missing(m.span(), t, name);
  }

  /** A method or constant of a struct; constants are resolved on first use. */
  @Nullable Entity structMember(StructInfo info, String name) {
    Entity known = info.members.get(name);
    Ast.StructConst k = info.constants.get(name);
    if (known instanceof Entity.Bad && k != null) {
      c.analysis.structs.reportCycle(k);
    }
    if (known != null || k == null) {
      return known;
    }
    info.members.put(name, Entity.BAD);
    c.analysis.structs.resolving.addLast(k);
    try {
      return constant(info, name, k);
    } finally {
      c.analysis.structs.resolving.removeLast();
    }
  }

  private Entity constant(StructInfo info, String name, Ast.StructConst k) {
    Ast.ConstDecl decl = new Ast.ConstDecl(k.span(), false, k.name(), k.type(), k.value());
    // A type sees itself through the struct, so that it may refer to itself.
    Entity made =
        c.analysis.declarations.constant(decl, info.scope, e -> info.members.put(name, e));
    info.members.put(name, made);
    return made;
  }

  /** A field, pseudo-member or property of a value, through one pointer; null if there is none. */
  Tree.@Nullable Expr ofValue(Tree.Expr base, String name, Span at) {
    Tree.Expr field = field(base, name, at);
    if (field != null) {
      return field;
    }
    Tree.Expr object = base;
    if (base.type() instanceof Type.Pointer p) {
      object = new Tree.Deref(base.span(), p.target(), base);
      field = field(object, name, at);
      if (field != null) {
        return field;
      }
    }
    if (object.type() instanceof Type.Struct s) {
      Entity.FunctionDecl getter = c.analysis.structs.info(s).getters.get(name);
      if (getter != null) {
        return c.calls.method(getter, object, List.of(), at, at);
      }
    }
    return null;
  }

  private Tree.@Nullable Expr field(Tree.Expr base, String name, Span at) {
    return switch (base.type()) {
      case Type.Struct s -> named(base, c.analysis.types.fields(s), name, at);
      case Type.Union u -> {
        Tree.Expr member = c.variants.member(base, u, name, at);
        yield member == null ? null : folded(member);
      }
      case Type.Enum e -> {
        Tree.Expr member = c.variants.member(base, e, name, at);
        yield member == null ? null : folded(member);
      }
      case Type.Tuple t ->
          t.labels().indexOf(name) >= 0 && !name.isEmpty()
              ? part(base, t.elements(), t.labels().indexOf(name), at)
              : null;
      case Type.Closure k when name.equals("fn_ptr") || name.equals("env") ->
          new Tree.Field(at, Types.VOID_POINTER, base, name.equals("env") ? 1 : 0);
      case Type.Slice s -> words(base, s.element(), name, at);
      case Type.Str s -> words(base, Types.U8, name, at);
      case Type.Vector v when name.equals("len") -> c.intConst(at, Types.I64, v.lanes());
      case Type.Vector v -> c.vectors.named(base, name, at);
      case Type.Array a when name.equals("len") -> c.intConst(at, Types.I64, a.length());
      case Type.Array a when name.equals("ptr") -> start(base, a, at);
      default -> null;
    };
  }

  /** The address of the first element of an array. */
  private Tree.Expr start(Tree.Expr base, Type.Array a, Span at) {
    Tree.Expr address = new Tree.AddressOf(at, new Type.Pointer(a), c.expressions.place(base));
    return new Tree.Convert(
        at, new Type.ManyPointer(a.element()), Tree.Conversion.ADDRESS, address);
  }

  private Tree.@Nullable Expr named(
      Tree.Expr base, List<TypeTable.Field> fields, String name, Span at) {
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).name().equals(name)) {
        return folded(new Tree.Field(at, fields.get(i).type(), base, i));
      }
    }
    return null;
  }

  private Tree.@Nullable Expr words(Tree.Expr base, Type element, String name, Span at) {
    if (base instanceof Tree.Const k
        && k.value() instanceof Constant.Text t
        && name.equals("len")) {
      return c.intConst(at, Types.I64, t.bytes().length);
    }
    return switch (name) {
      case "ptr" -> new Tree.Field(at, new Type.ManyPointer(element), base, 0);
      case "len" -> new Tree.Field(at, Types.I64, base, 1);
      default -> null;
    };
  }

  private Tree.Expr part(Tree.Expr base, List<Type> types, int index, Span at) {
    return folded(new Tree.Field(at, types.get(index), base, index));
  }

  /** Reads of constant objects are constants themselves when they are scalars (types.agg.7). */
  Tree.Expr folded(Tree.Expr e) {
    if (!c.analysis.layout.isScalar(e.type()) && !e.type().equals(Types.STRING)) {
      return e;
    }
    Optional<Constant> k = Folding.constant(e);
    if (k.isEmpty()) {
      return e;
    }
    Constant value = k.get() instanceof Constant.Zero ? zero(e.type()) : k.get();
    return new Tree.Const(e.span(), e.type(), value);
  }

  private static Constant zero(Type t) {
    return t.isFloat()
        ? new Constant.Float(0)
        : t.equals(Types.STRING)
            ? new Constant.Text(new byte[0])
            : t.isAddress() || t instanceof Type.Optional ? Constant.ZERO : new Constant.Int(0);
  }

  Tree.Expr numbered(Ast.TupleMember t) {
    if (t.chained()) {
      return c.optionals.chain(t.base(), t.span(), t.index().text(), p -> numbered(t, p));
    }
    Tree.Expr base = c.expressions.any(t.base());
    return base.type().isError() ? base : numbered(t, c.optionals.extracted(base));
  }

  private Tree.Expr numbered(Ast.TupleMember t, Tree.Expr base) {
    Tree.Expr object =
        base.type() instanceof Type.Pointer p
            ? new Tree.Deref(base.span(), p.target(), base)
            : base;
    List<Type> parts = partTypes(object.type());
    long index = t.index().value();
    if (index < 0 || index >= parts.size()) {
      return missing(t.span(), base.type(), t.index().text());
    }
    return part(object, parts, (int) index, t.span());
  }

  private List<Type> partTypes(Type t) {
    return switch (t) {
      case Type.Struct s -> c.analysis.types.fields(s).stream().map(TypeTable.Field::type).toList();
      case Type.Tuple u -> u.elements();
      default -> List.of();
    };
  }

  Tree.Expr index(Ast.Index i) {
    Packs packs = new Packs(c);
    Entity.Pack pack = packs.named(i.base());
    if (pack != null) {
      return packs.index(i, pack);
    }
    if (i.base() instanceof Ast.PackRef r && c.scope.find(r.name().text()) != null) {
      Tree.Expr type = packType(i, r);
      if (type != null) {
        return type;
      }
    }
    Tree.Expr base = c.expressions.any(i.base());
    Tree.Expr at = c.expressions.any(i.index());
    if (base.type().isError() || at.type().isError()) {
      return c.bad(i.span());
    }
    at = c.optionals.extracted(at);
    if (base.type() instanceof Type.Optional) {
      Tree.Expr index = at;
      return c.optionals.index(base, i.span(), p -> element(i, p, index));
    }
    return element(i, base, at);
  }

  private Tree.Expr element(Ast.Index i, Tree.Expr base, Tree.Expr at) {
    Tree.Expr object = elementsOf(base);
    List<Type> parts = partTypes(object.type());
    if (object.type() instanceof Type.Struct || object.type() instanceof Type.Tuple) {
      Long n = c.constantInt(at);
      if (n == null) {
        return c.bad(i.base().span(), "`" + c.name(object.type()) + "` needs a constant index");
      }
      return n < 0 || n >= parts.size()
          ? c.bad(i.index().span(), "the index " + n + " is outside of 0 to " + (parts.size() - 1))
          : part(object, parts, n.intValue(), i.span());
    }
    Type element = elementType(object.type());
    if (element == null) {
      return c.bad(
          i.base().span(),
          "`"
              + c.name(base.type())
              + "` has no elements to index"
              + (base.type() instanceof Type.Pointer
                  ? "; a pointer to several elements is a many-pointer `[*]T`, one to a value is"
                      + " followed with `.*`"
                  : ""));
    }
    if (!at.type().isInt()) {
      return c.bad(i.index().span(), "an index is an integer, not `" + c.name(at.type()) + "`");
    }
    Long n = c.constantInt(at);
    if (n != null
        && object instanceof Tree.GlobalRef g
        && !g.global().mutable()
        && object.type() instanceof Type.Array a
        && (n < 0 || n >= a.length())) {
      return c.bad(i.span(), "the index " + n + " is outside of 0 to " + (a.length() - 1));
    }
    return folded(new Tree.Index(i.span(), element, object, c.conversions.numeric(at, Types.I64)));
  }

  /** The object to index: arrays and slices are reached through one pointer. */
  private Tree.Expr elementsOf(Tree.Expr base) {
    return base.type() instanceof Type.Pointer p
            && (p.target() instanceof Type.Array || p.target() instanceof Type.Slice)
        ? new Tree.Deref(base.span(), p.target(), base)
        : base;
  }

  private static @Nullable Type elementType(Type t) {
    return switch (t) {
      case Type.Array a -> a.element();
      case Type.Vector v -> v.element();
      case Type.Slice s -> s.element();
      case Type.ManyPointer m -> m.element();
      case Type.Str s -> Types.U8;
      default -> null;
    };
  }

  /** {@code $xs[i]} with a compile-time index is a type (pack.use.10); null for others. */
  private Tree.@Nullable Expr packType(Ast.Index i, Ast.PackRef r) {
    List<Type> types = new TypeLists(c).list(r);
    Long n = types == null ? null : c.constantInt(c.expressions.any(i.index()));
    if (types == null || n == null) {
      return null;
    }
    return n < 0 || n >= types.size()
        ? c.bad(i.span(), "there is no pack element `" + i.span().text() + "`")
        : c.expressions.typeValue(i.span(), types.get(n.intValue()));
  }

  /** Whether values of a type have a field of that name. */
  boolean hasField(Type t, String name) {
    return switch (t) {
      case Type.Struct s ->
          c.analysis.types.fields(s).stream().anyMatch(f -> f.name().equals(name));
      case Type.Tuple u -> !name.isEmpty() && u.labels().contains(name);
      case Type.Slice s -> name.equals("len") || name.equals("ptr");
      case Type.Str s -> name.equals("len") || name.equals("ptr");
      case Type.Array a -> name.equals("len") || name.equals("ptr");
      case Type.Pointer p -> !(p.target() instanceof Type.Pointer) && hasField(p.target(), name);
      default -> false;
    };
  }

  Tree.Expr slice(Ast.Slice s) {
    Tree.Expr base = c.expressions.any(s.base());
    Optional<Tree.Expr> start =
        s.range().start().map(e -> bound(e, s.range().mark().excludesStart()));
    if (start.isEmpty() && s.range().mark().excludesStart()) {
      start = Optional.of(c.intConst(s.span(), Types.I64, 1));
    }
    Optional<Tree.Expr> end = s.range().end().map(e -> bound(e, s.range().mark().includesEnd()));
    boolean bad =
        base.type().isError()
            || start.filter(e -> e.type().isError()).isPresent()
            || end.filter(e -> e.type().isError()).isPresent();
    if (bad) {
      return c.bad(s.span());
    }
    Tree.Expr object = elementsOf(base);
    Type element = object.type() instanceof Type.Vector ? null : elementType(object.type());
    if (element == null) {
      return c.bad(s.base().span(), "`" + c.name(base.type()) + "` cannot be sliced");
    }
    if (object.type() instanceof Type.Array && !Expressions.isPlace(object)) {
      return c.bad(
          s.base().span(), "a temporary array cannot be sliced; store it in a variable first");
    }
    if (object.type() instanceof Type.ManyPointer && end.isEmpty()) {
      return c.bad(s.base().span(), "slicing a many-pointer needs an end");
    }
    Type type = object.type().equals(Types.STRING) ? Types.STRING : new Type.Slice(element);
    Tree.Expr text = constantSlice(object, start, end, s.span());
    return text != null ? text : new Tree.Subslice(s.span(), type, object, start, end);
  }

  private Tree.@Nullable Expr constantSlice(
      Tree.Expr base, Optional<Tree.Expr> start, Optional<Tree.Expr> end, Span at) {
    if (!(base instanceof Tree.Const k && k.value() instanceof Constant.Text t)) {
      return null;
    }
    Long from = start.isEmpty() ? Long.valueOf(0) : c.constantInt(start.get());
    Long to = end.isEmpty() ? Long.valueOf(t.bytes().length) : c.constantInt(end.get());
    if (from == null || to == null || from < 0 || to < from || to > t.bytes().length) {
      return null;
    }
    byte[] cut = java.util.Arrays.copyOfRange(t.bytes(), from.intValue(), to.intValue());
    return new Tree.Const(at, Types.STRING, new Constant.Text(cut));
  }

  /** A bound as i64, moved by one where the mark asks for it. */
  Tree.Expr bound(Ast.Expr e, boolean plusOne) {
    Tree.Expr v = c.optionals.extracted(c.expressions.any(e));
    if (v.type().isError()) {
      return v;
    }
    if (v.type().isFloat() && v instanceof Tree.Const) {
      v = c.conversions.convert(v, Types.I64, e.span());
    }
    if (!v.type().isInt()) {
      return v.type().isError()
          ? v
          : c.bad(e.span(), "a bound is an integer, not `" + c.name(v.type()) + "`");
    }
    Tree.Expr n = c.conversions.numeric(v, Types.I64);
    return plusOne
        ? c.operators.combine(
            e.span(), Ast.BinaryOp.ADD, n, c.intConst(e.span(), Types.I64, 1), e.span())
        : n;
  }

  private Tree.Expr erased(Ast.Cast k, Tree.Expr e, Type.Protocol target) {
    Tree.Expr allocator = null;
    if (k.allocator().isPresent()) {
      allocator = c.expressions.any(k.allocator().get());
      if (allocator.type().isError()) {
        return allocator;
      }
      Type.Protocol wanted = c.analysis.contexts.allocator().orElse(null);
      if (wanted == null || !Expressions.isPlace(allocator)) {
        return c.bad(k.allocator().get().span(), "an allocator is a named `Allocator`");
      }
      if (!allocator.type().equals(wanted)) {
        allocator = c.conversions.convert(allocator, wanted, k.allocator().get().span());
      }
    }
    return allocator != null && allocator.type().isError()
        ? allocator
        : new Erasure(c).explicit(e, target, allocator, k.span());
  }

  Tree.Expr cast(Ast.Cast k) {
    Type target = c.types.resolve(k.type());
    Tree.Expr e = c.expressions.castOperand(k.base(), target);
    if (e.type().isError() || target.isError()) {
      return c.bad(k.span());
    }
    if (Assertions.namesProtocol(e.type(), k.chained(), target)) {
      return c.bad(
          k.span(),
          "an `any` holds a value of a concrete type, never of the protocol `"
              + c.name(target)
              + "`");
    }
    if (k.chained()) {
      return c.optionals.cast(k, e, target);
    }
    if (e.type() instanceof Type.Optional) {
      return c.bad(
          k.span(),
          "`.(…)` does not apply to the optional `"
              + c.name(e.type())
              + "`; unwrap it first, or write `?.("
              + c.name(target)
              + ")`");
    }
    if (target instanceof Type.Protocol p && !(e.type() instanceof Type.Any)) {
      return erased(k, e, p);
    }
    if (k.allocator().isPresent()) {
      return c.bad(k.span(), "only a copy for a protocol takes an allocator");
    }
    if (e.type() instanceof Type.Protocol
        && !(target instanceof Type.Pointer || c.name(target).equals("ProtocolRaw"))) {
      e = c.conversions.firstWords(e, Types.ANY, k.span());
    }
    if (e.type() instanceof Type.Any && !c.name(target).equals("AnyRaw")) {
      return c.failables.claims(k)
          ? c.assertions.failable(e, target, k.span())
          : c.assertions.cast(e, target, k.span());
    }
    Tree.Expr done = c.conversions.cast(e, target, k.span());
    return done instanceof Tree.Const x ? new Tree.Const(k.span(), x.type(), x.value()) : done;
  }
}
