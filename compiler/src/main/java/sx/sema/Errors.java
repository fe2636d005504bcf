package sx.sema;

import org.jspecify.annotations.Nullable;
import sx.sema.tree.Constant;
import sx.sema.tree.Tree;
import sx.source.Span;
import sx.syntax.Ast;
import sx.type.Type;
import sx.type.Types;

/** Error sets and error values (err.set, err.val). */
final class Errors {
  private final Checker c;

  Errors(Checker c) {
    this.c = c;
  }

  /** Declares {@code E :: error { … }} (err.set.1). */
  static Entity declare(
      Analysis a, Ast.ConstDecl decl, Ast.ErrorSetType e, Declarations.Early early) {
    Type.ErrorSet type = a.types.declareErrorSet(decl.name().text());
    Entity entity = new Entity.TypeName(type);
    early.accept(entity);
    if (e.tags().isEmpty()) {
      a.diagnostics.error(decl.span(), "the error set `" + decl.name().text() + "` needs a tag");
    }
    a.types.define(type, e.tags().stream().map(Ast.Name::text).toList());
    return entity;
  }

  /** The set of a channel {@code !} or {@code !E} (err.sig.2, err.sig.6). */
  static Type channel(Checker c, Ast.ErrorChannel k) {
    if (k.set().isEmpty()) {
      return Types.ANY_ERROR;
    }
    Ast.Name name = k.set().get();
    Entity e = c.names.find(name, Names.Use.TYPE);
    if (e instanceof Entity.TypeName t && t.type() instanceof Type.ErrorSet s) {
      return s;
    }
    if (!(e instanceof Entity.Bad)) {
      c.error(
          k.span(),
          e == null
              ? "unknown error set `" + name.text() + "`"
              : "`" + name.text() + "` is not an error set");
    }
    return Types.ERROR;
  }

  // ------------------------------------------------------------------ tags

  static boolean isTag(Ast.Expr e) {
    return switch (e) {
      case Ast.Group g -> isTag(g.inner());
      case Ast.Member m -> !m.chained() && m.base() instanceof Ast.ErrorKeyword;
      default -> false;
    };
  }

  /** {@code error.X} (err.val.1 to err.val.3). */
  Tree.Expr tag(Ast.Member m, @Nullable Type expected) {
    String name = m.name().text();
    Type target = Optionals.innermost(expected);
    return switch (target) {
      case Type.ErrorSet s -> member(m.span(), s, name);
      case Type.Struct s -> misplaced(m, s);
      case Type.Enum s -> misplaced(m, s);
      case Type.Union s -> misplaced(m, s);
      case Type.Erroneous x -> c.bad(m.span());
      case null, default -> c.intConst(m.span(), Types.U32, c.analysis.types.errorTag(name));
    };
  }

  private Tree.Expr misplaced(Ast.Member m, Type target) {
    return c.bad(
        m.span(), "`" + m.span().text() + "` does not convert to `" + c.name(target) + "`");
  }

  /** A tag as a value of a set, which must list it (err.val.2). */
  Tree.Expr member(Span at, Type.ErrorSet set, String name) {
    int id = c.analysis.types.errorTag(name);
    if (ErrorSets.isNamed(set) && !c.analysis.types.tags(set).contains(id)) {
      return c.bad(at, "the error set `" + c.name(set) + "` has no tag `" + name + "`");
    }
    return new Tree.Const(at, set, new Constant.Int(id));
  }

  // ------------------------------------------------------------------ values

  /** One error set to another: the tag is kept (err.val.9). */
  static Tree.Expr retyped(Tree.Expr e, Type.ErrorSet target) {
    return e instanceof Tree.Const k
        ? new Tree.Const(e.span(), target, k.value())
        : new Tree.Convert(e.span(), target, Tree.Conversion.INT, e);
  }

  /** {@code ==} and {@code !=} with an error value on one side at least (err.val.5, err.val.6). */
  Tree.Expr equal(Span span, Tree.CompareOp op, Tree.Expr l, Tree.Expr r, Span leftSpan) {
    if (!(l.type() instanceof Type.ErrorSet a && r.type() instanceof Type.ErrorSet)) {
      return c.bad(
          leftSpan,
          "an error value cannot be compared with another type: `"
              + c.name(l.type())
              + "` and `"
              + c.name(r.type())
              + "`; `xx` gives its number");
    }
    return new Tree.Compare(span, op, l, retyped(r, a));
  }

  /** {@code error_name(e)} (err.val.11). */
  Tree.Expr name(Ast.Call call) {
    Ast.Expr arg = call.args().getFirst().value();
    Tree.Expr e = isTag(arg) ? c.expressions.check(arg, Types.ANY_ERROR) : c.expressions.any(arg);
    if (e.type().isError()) {
      return c.bad(call.span());
    }
    if (!(e.type() instanceof Type.ErrorSet)) {
      return c.bad(arg.span(), "`error_name` needs an error value, not `" + c.name(e.type()) + "`");
    }
    return nameOf(e, call.span());
  }

  Tree.Expr nameOf(Tree.Expr error, Span at) {
    Tree.Expr index = new Tree.Convert(at, Types.I64, Tree.Conversion.INT, error);
    return new Tree.Reflect(
        at,
        Types.STRING,
        Tree.ReflectOp.FIELD_NAME,
        c.expressions.typeValue(at, Types.ANY_ERROR),
        java.util.Optional.of(index));
  }
}
