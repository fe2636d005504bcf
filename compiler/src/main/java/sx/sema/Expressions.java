package sx.sema;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sx.sema.tree.Constant;
import sx.sema.tree.Local;
import sx.sema.tree.Tree;
import sx.source.Span;
import sx.syntax.Ast;
import sx.type.Type;
import sx.type.Types;

/** Checks an expression of any kind; the kinds that need more have a class of their own. */
final class Expressions {
  private final Checker c;

  Expressions(Checker c) {
    this.c = c;
  }

  /** Checks without an expected type. */
  Tree.Expr any(Ast.Expr e) {
    return check(e, null);
  }

  /**
   * Checks an expression. The expected type guides literals and what passes it on (expr.expect);
   * the result may still have another type, which the caller converts.
   */
  Tree.Expr check(Ast.Expr e, @Nullable Type expected) {
    return switch (e) {
      case Ast.IntLit i -> c.literals.intLit(i, expected);
      case Ast.CharLit ch -> c.literals.charLit(ch, expected);
      case Ast.FloatLit f -> c.literals.floatLit(f, expected);
      case Ast.StringLit s -> new Tree.Const(s.span(), Types.STRING, new Constant.Text(s.value()));
      case Ast.BoolLit b -> c.boolConst(b.span(), b.value());
      case Ast.NullLit n -> c.literals.nullLit(n, expected);
      case Ast.Undefined u -> undefined(u, expected);
      case Ast.NameExpr n -> name(n, expected);
      case Ast.EnumLit l -> c.literals.enumLit(l, expected);
      case Ast.AggregateLit a -> c.literals.aggregate(a, expected);
      case Ast.ArrayLit a -> c.literals.array(a, expected);
      case Ast.Group g -> check(g.inner(), expected);
      case Ast.ParenTuple t -> c.tuples.parenthesised(t, expected);
      case Ast.Unary u -> unary(u, expected);
      case Ast.Binary b -> c.operators.binary(b, expected);
      case Ast.Chain ch -> c.comparisons.chain(ch);
      case Ast.Member m when Errors.isTag(m) -> c.errors.tag(m, expected);
      case Ast.Member m -> c.members.member(m, expected);
      case Ast.TupleMember t -> c.members.numbered(t);
      case Ast.Deref d -> deref(d);
      case Ast.Cast k -> c.members.cast(k);
      case Ast.Index i -> c.members.index(i);
      case Ast.Slice s -> c.members.slice(s);
      case Ast.Call k when c.types.isVector(k) -> typeValue(k.span(), c.types.resolve(k));
      case Ast.Call k -> c.failables.marked(k, c.calls.call(k, expected));
      case Ast.Block b -> c.statements.valueBlock(b, expected);
      case Ast.If i -> c.conditionals.value(i, expected);
      case Ast.Match m -> c.matches.match(m, expected, true);
      case Ast.While w -> noValue(w.span(), "a `while` loop");
      case Ast.For f -> noValue(f.span(), "a `for` loop");
      case Ast.Push u -> noValue(u.span(), "a `push` statement");
      case Ast.BreakExpr b -> c.statements.jump(new Ast.Break(b.span()));
      case Ast.ContinueExpr k -> c.statements.jump(new Ast.Continue(k.span()));
      case Ast.ReturnExpr r -> c.statements.returnExpr(r);
      case Ast.Catch k -> c.failables.caught(k, expected);
      case Ast.Unwrap u -> c.optionals.unwrap(u);
      case Ast.Run r -> run(r, expected);
      case Ast.Function f when f.isLambda() -> new Closures(c).lambda(f, expected);
      case Ast.Asm a -> Assembly.check(c, a);
      case Ast.CallerLocation l -> c.intrinsics.location(l.span());
      case Ast.PackRef p -> packTypes(p);
      case Ast.PackIndex p -> typeValue(p.span(), c.types.resolve(p));
      case Ast.TypeIntro t -> typeIntroduced(t);
      default -> typeOrUnsupported(e);
    };
  }

  /** {@code $xs} as a value: the element types as a slice (pack.use.9). */
  private Tree.Expr packTypes(Ast.PackRef p) {
    Entity e = c.scope.find(p.name().text());
    if (e instanceof Entity.TypeName) {
      return c.bad(
          p.span(),
          "`$"
              + p.name().text()
              + "` only introduces a type parameter; a use is written without `$`");
    }
    List<Type> types = new TypeLists(c).list(p);
    if (types == null) {
      return c.bad(p.span(), "there is no pack `" + p.name().text() + "` here");
    }
    List<Tree.Part> parts = new ArrayList<>();
    for (Type element : types) {
      parts.add(new Tree.Part(parts.size(), typeValue(p.span(), element)));
    }
    Type.Array array = new Type.Array(Types.TYPE, parts.size());
    return c.conversions.view(
        new Tree.Aggregate(p.span(), array, parts), new Type.Slice(Types.TYPE));
  }

  private Tree.Expr typeIntroduced(Ast.TypeIntro t) {
    return c.bad(
        t.span(),
        "`$"
            + t.name().text()
            + "` only introduces a type parameter; a use is written without `$`");
  }

  private Tree.Expr noValue(Span at, String what) {
    return c.bad(at, what + " has no value");
  }

  Tree.Expr notYet(Span at, String what) {
    return c.bad(at, what + " is not supported yet");
  }

  private Tree.Expr typeOrUnsupported(Ast.Expr e) {
    Type minted = c.applications.minted(e);
    Type t = minted != null ? minted : c.types.typeSyntax(e);
    if (t != null) {
      return typeValue(e.span(), t);
    }
    return notYet(e.span(), "this form of expression");
  }

  Tree.Expr typeValue(Span at, Type t) {
    return t.isError() ? c.bad(at) : new Tree.Const(at, Types.TYPE, new Constant.TypeValue(t));
  }

  /** {@code ---} where {@link Checker#initialiser} did not take it (expr.undef.1). */
  private Tree.Expr undefined(Ast.Undefined u, @Nullable Type expected) {
    return expected != null && expected.isError()
        ? c.bad(u.span())
        : c.bad(u.span(), "`---` can only initialise a declaration with a type or an entry of one");
  }

  /** The value of a named entity. */
  Tree.Expr entity(Entity e, Span at, @Nullable Type expected) {
    return switch (e) {
      case Entity.Variable v -> variable(v, at);
      case Entity.Global g -> new Tree.GlobalRef(at, g.variable());
      case Entity.Const k -> constant(k, at);
      case Entity.Choice k ->
          c.bad(at, "the payload of `" + at.text() + "` is known in the body of the function only");
      case Entity.Macro m -> macro(m);
      case Entity.TypeName t -> typeValue(at, t.type());
      case Entity.Fn f -> functionValue(f.decl(), at, expected);
      case Entity.Template t ->
          t.current().isPresent() ? typeValue(at, t.current().get()) : c.types.unapplied(at);
      case Entity.Space s -> c.bad(at, "`" + at.text() + "` is a namespace, not a value");
      case Entity.Intrinsic i -> c.bad(at, "`" + i.name() + "` can only be called");
      case Entity.Element x -> new Packs(c).element(x.pack(), x.index(), at);
      case Entity.TypeList l ->
          c.bad(at, "`" + at.text() + "` is a list of types; `$" + at.text() + "` is its value");
      case Entity.Pack p ->
          c.bad(at, "the pack `" + at.text() + "` is no value; use its elements, or `inline for`");
      case Entity.ProtocolFamily p ->
          c.bad(at, "the protocol `" + p.name() + "` needs its arguments: `" + p.name() + "(…)`");
      case Entity.CurrentContext k -> c.analysis.contexts.current(c, at);
      case Entity.Bad b -> c.bad(at);
      case Entity.Unsupported u -> c.bad(at, u.what() + " are not supported yet");
    };
  }

  private Tree.Expr variable(Entity.Variable v, Span at) {
    if (v.owner() != c.function) {
      Local copy = new Closures(c).captured(v);
      if (copy == null) {
        return outOfReach(at);
      }
      Tree.Expr refused = c.failables.unproven(v, at);
      return refused != null ? refused : new Tree.LocalRef(at, copy);
    }
    Tree.Expr refused = c.failables.unproven(v, at);
    return refused != null ? refused : new Tree.LocalRef(at, v.local());
  }

  private Tree.Expr outOfReach(Span at) {
    return c.bad(
        at,
        "`"
            + at.text()
            + "` belongs to the enclosing function, which a nested function cannot use; a closure"
            + " can capture it");
  }

  /** Whether the current code stands in the body of the function, or in a lambda within it. */
  private boolean isWithin(FunctionState owner) {
    FunctionState user = c.function;
    while (user != owner && user.enclosing.isPresent()) {
      user = user.enclosing.get();
    }
    return user == owner || user.declaration.isEmpty();
  }

  private Tree.Expr constant(Entity.Const k, Span at) {
    if (k.owner().isPresent() && !isWithin(k.owner().get())) {
      return outOfReach(at); // decl.nest.3
    }
    return k.storage().isPresent()
        ? new Tree.GlobalRef(at, k.storage().get())
        : new Tree.Const(at, k.type(), k.value());
  }

  private Tree.Expr macro(Entity.Macro m) {
    Scope outer = c.scope;
    c.scope = m.scope();
    try {
      return m.type() == null ? any(m.value()) : c.value(m.value(), m.type());
    } finally {
      c.scope = outer;
    }
  }

  private Tree.Expr functionValue(Entity.FunctionDecl decl, Span at, @Nullable Type expected) {
    if (decl.isGeneric()) {
      return c.bad(
          at, "the generic function `" + decl.name + "` has no value; it can only be called");
    }
    Tree.Expr ref =
        c.analysis
            .instances
            .plain(decl)
            .<Tree.Expr>map(i -> new Tree.FunctionRef(at, i))
            .orElseGet(() -> c.bad(at));
    if (expected instanceof Type.Meta && !ref.type().isError()) {
      return typeValue(at, ref.type());
    }
    Failable failable =
        ref instanceof Tree.FunctionRef f ? Failable.of(f.function().result()) : null;
    if (failable != null && ref instanceof Tree.FunctionRef f) {
      c.analysis.errorSets.used(f.function(), failable.set());
    }
    return ref;
  }

  private Tree.Expr unary(Ast.Unary u, @Nullable Type expected) {
    return switch (u.op()) {
      case NEGATE -> c.operators.negate(u, expected);
      case NOT -> c.operators.not(u);
      case BIT_NOT -> c.operators.bitNot(u, expected);
      case CONVERT -> convert(u, expected);
      case ADDRESS -> address(u);
      case TRY -> c.failables.tried(u, expected);
    };
  }

  private Tree.Expr convert(Ast.Unary u, @Nullable Type expected) {
    if (expected == null) {
      return any(u.operand());
    }
    Packs packs = new Packs(c);
    Entity.Pack pack = packs.named(u.operand());
    if (pack != null && expected instanceof Type.Slice s) {
      return packs.slice(pack, s, u.span());
    }
    Tree.Expr e = castOperand(u.operand(), expected);
    return respan(c.conversions.cast(e, expected, u.span()), u.span());
  }

  /** The operand of an explicit cast: literals are exempt from range checks (lex.int.13). */
  Tree.Expr castOperand(Ast.Expr e, Type target) {
    return switch (e) {
      case Ast.IntLit i when i.fits() ->
          c.intConst(i.span(), i.value() < 0 ? Types.U64 : Types.I64, i.value());
      case Ast.CharLit ch -> c.intConst(ch.span(), Types.I64, ch.codePoint());
      case Ast.Group g -> castOperand(g.inner(), target);
      case Ast.AggregateLit a when a.head().isEmpty() -> check(e, target);
      case Ast.ArrayLit a when a.head().isEmpty() -> check(e, target);
      case Ast.EnumLit l -> check(e, target);
      case Ast.NullLit n -> check(e, target);
      default -> any(e);
    };
  }

  private static Tree.Expr respan(Tree.Expr e, Span span) {
    return e instanceof Tree.Const k ? new Tree.Const(span, k.type(), k.value()) : e;
  }

  private Tree.Expr address(Ast.Unary u) {
    Tree.Expr e = any(u.operand());
    if (e.type().isError()) {
      return e;
    }
    if (e instanceof Tree.Const k && k.value() instanceof Constant.TypeValue t) {
      return typeValue(u.span(), new Type.Pointer(t.type()));
    }
    if (namesScalarConstant(u.operand()) || (e instanceof Tree.Const && ofStruct(u.operand()))) {
      return c.bad(
          u.span(),
          "the constant `" + u.operand().span().text() + "` has no storage and no address");
    }
    return new Tree.AddressOf(u.span(), new Type.Pointer(e.type()), place(e));
  }

  private boolean namesScalarConstant(Ast.Expr e) {
    return c.names.path(e, Names.Use.VALUE) instanceof Entity.Const k && k.storage().isEmpty();
  }

  /** Whether a member is a constant that a struct declares. */
  private boolean ofStruct(Ast.Expr e) {
    return e instanceof Ast.Member m
        && !m.chained()
        && any(m.base()) instanceof Tree.Const k
        && k.value() instanceof Constant.TypeValue t
        && t.type() instanceof Type.Struct s
        && c.analysis.structs.info(s).constants.containsKey(m.name().text());
  }

  private Tree.Expr deref(Ast.Deref d) {
    Tree.Expr e = any(d.base());
    if (e.type().isError()) {
      return e;
    }
    if (e.type() instanceof Type.Pointer p) {
      return new Tree.Deref(d.span(), p.target(), e);
    }
    return c.bad(d.base().span(), "`.*` needs a pointer, not `" + c.name(e.type()) + "`");
  }

  /** The expression itself if it has storage, else a temporary that holds its value. */
  Tree.Expr place(Tree.Expr e) {
    return isPlace(e) ? e : new Tree.Temporary(e.span(), e);
  }

  /** Whether an expression of type void is a value, not a call that gives none (types.prim.7). */
  static boolean isVoidValue(Tree.Expr e) {
    return e.type() instanceof Type.Void
        && (e instanceof Tree.LocalRef
            || e instanceof Tree.GlobalRef
            || e instanceof Tree.Deref
            || e instanceof Tree.Field
            || e instanceof Tree.Index);
  }

  private Tree.Expr name(Ast.NameExpr n, @Nullable Type expected) {
    Entity found = c.names.entity(n.name(), Names.Use.VALUE);
    Tree.Expr e = entity(found, n.span(), expected);
    return c.folding == Checker.Constants.COUNT && e.type() instanceof Type.Enum type
        ? count(found, e, type)
        : e;
  }

  /** A value parameter of enum type, in a count, is its tag (ct.const.5). */
  private Tree.Expr count(Entity found, Tree.Expr e, Type.Enum type) {
    boolean isParameter =
        (found instanceof Entity.Const k && c.analysis.enumParameters.contains(k))
            || (e instanceof Tree.LocalRef r && c.analysis.variantOf.containsKey(r.local()));
    if (!isParameter) {
      return e;
    }
    boolean isTagged = c.analysis.types.isTaggedUnion(type);
    Tree.Expr tag = isTagged ? c.variants.tagOf(e, type, e.span()) : e;
    return Folding.constant(tag).orElse(null) instanceof Constant.Int i
        ? c.intConst(e.span(), Types.I64, i.value())
        : e;
  }

  static boolean isPlace(Tree.Expr e) {
    return switch (e) {
      case Tree.LocalRef l -> true;
      case Tree.GlobalRef g -> true;
      case Tree.Deref d -> true;
      case Tree.Temporary t -> true;
      case Tree.Field f -> isPlace(f.base()) && !(f.base().type() instanceof Type.Any);
      case Tree.Index i ->
          !(i.base().type() instanceof Type.Array || i.base().type() instanceof Type.Vector)
              || isPlace(i.base());
      default -> false;
    };
  }

  /** A failable operand gives its value without the error slot (err.ct.2). */
  private Tree.Expr runFailable(Ast.Run r, Failables.Failing f, @Nullable Type expected) {
    String named = c.computing.isEmpty() ? "`#run`" : "the `#run` of `" + c.computing + "`";
    Constant whole = c.analysis.evaluate(c.failables.withTrace(f, r.span()), named, r.span());
    String what = c.computing.isEmpty() ? "a `#run`" : "the `#run` of `" + c.computing + "`";
    Constant k = whole == null ? null : c.failables.evaluated(f, whole, what);
    if (k == null) {
      return c.bad(r.span());
    }
    if (f.type().isPure()) {
      return new Tree.Block(r.span(), Types.VOID, List.of(), Optional.empty());
    }
    Tree.Expr value = new Tree.Const(r.span(), f.type().success(), k);
    return expected == null ? value : c.conversions.convert(value, expected, r.span());
  }

  /** {@code #run} as a statement: a block needs no tail, a value is dropped (ct.run.5). */
  Tree.Expr runStatement(Ast.Run r, Ast.Block b) {
    Checker inner = Checker.of(c.analysis, c.scope, FunctionState.none());
    int before = c.analysis.diagnostics.errorCount();
    Tree.Expr e = inner.statements.discarded(b);
    if (!e.type().isError() && c.analysis.diagnostics.errorCount() == before) {
      c.analysis.evaluate(e, "`#run`", r.span());
    }
    return new Tree.Block(r.span(), Types.VOID, List.of(), Optional.empty());
  }

  private Tree.Expr run(Ast.Run r, @Nullable Type expected) {
    // The operand sees module-level and compile-time names only: a state of its own makes the
    // variables of the function foreign to it (ct.run.9).
    Checker inner = Checker.of(c.analysis, c.scope, FunctionState.none());
    int before = c.analysis.diagnostics.errorCount();
    Tree.Expr e = inner.failables.operand(r.operand(), expected);
    if (c.analysis.diagnostics.errorCount() > before) {
      return c.bad(r.span());
    }
    boolean isTag =
        e.type() instanceof Type.ErrorSet
            && Optionals.innermost(expected) instanceof Type.ErrorSet; // err.ct.2
    Failables.Failing f = e.type().isError() || isTag ? null : inner.failables.failing(e);
    if (f != null) {
      return runFailable(r, f, expected);
    }
    e = expected == null ? e : inner.conversions.convert(e, expected, r.span());
    if (e.type().isError()) {
      return e;
    }
    String what = c.computing.isEmpty() ? "`#run`" : "the `#run` of `" + c.computing + "`";
    if (e.type() instanceof Type.Void) {
      Constant done = c.analysis.evaluate(e, what, r.span());
      return done == null ? c.bad(r.span()) : new Tree.Const(r.span(), Types.VOID, Constant.ZERO);
    }
    Constant k = c.analysis.evaluate(e, what, r.span());
    return k == null ? c.bad(r.span()) : new Tree.Const(r.span(), e.type(), k);
  }
}
