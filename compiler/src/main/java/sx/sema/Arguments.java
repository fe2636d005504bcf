package sx.sema;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sx.sema.tree.Local;
import sx.sema.tree.Tree;
import sx.source.Span;
import sx.syntax.Ast;
import sx.type.Type;
import sx.type.Types;

/** The positional arguments of a call, with spreads taken apart (expr.call.6, pack.spr). */
final class Arguments {
  private final Checker c;

  /** What the function takes behind its fixed parameters. */
  enum Tail {
    NONE,
    SLICE,
    PACK
  }

  Arguments(Checker c) {
    this.c = c;
  }

  static Tail tail(List<Ast.Param> params) {
    if (params.isEmpty() || !params.getLast().variadic()) {
      return Tail.NONE;
    }
    return Entity.FunctionDecl.isPack(params.getLast()) ? Tail.PACK : Tail.SLICE;
  }

  /**
   * Adds the arguments written by position; a slice or array that is the whole tail of a slice
   * variadic stays a spread (pack.slice.5).
   *
   * @param fixed how many parameters stand before the tail
   * @return whether all was well; if not, an error was reported
   */
  boolean positional(List<Ast.Expr> written, int fixed, Tail tail, List<Argument> arguments) {
    for (int i = 0; i < written.size(); i++) {
      Ast.Expr e = written.get(i);
      if (!(e instanceof Ast.Spread s)) {
        arguments.add(new Argument.Written(e));
        continue;
      }
      if (c.names.path(s.operand(), Names.Use.VALUE) instanceof Entity.Pack p) {
        for (Tree.Expr element : new Packs(c).elements(p, s.span())) {
          arguments.add(new Argument.Checked(element, s.span()));
        }
        continue;
      }
      boolean wholeTail = i == written.size() - 1 && arguments.size() == fixed;
      boolean intoPack = tail == Tail.PACK && arguments.size() >= fixed;
      if (intoPack && !isPath(s.operand())) {
        c.error(s.span(), "what is spread into a pack is a name or a field of one");
        return false;
      }
      if (!spread(s, tail == Tail.SLICE && wholeTail, arguments)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPath(Ast.Expr e) {
    return switch (e) {
      case Ast.NameExpr n -> true;
      case Ast.Group g -> isPath(g.inner());
      case Ast.Member m -> isPath(m.base());
      case Ast.TupleMember t -> isPath(t.base());
      default -> false;
    };
  }

  private boolean spread(Ast.Spread s, boolean wholeTail, List<Argument> arguments) {
    Tree.Expr v = c.expressions.any(s.operand());
    if (v.type().isError()) {
      return false;
    }
    if (wholeTail && (v.type() instanceof Type.Slice || v.type() instanceof Type.Array)) {
      arguments.add(new Argument.Written(s));
      return true;
    }
    List<Tree.Expr> parts = parts(v, s.span());
    if (parts == null) {
      c.error(
          s.span(),
          v.type() instanceof Type.Slice
              ? "a slice has no length known while compiling, and can only be spread into a variadic"
                  + " parameter"
              : "`" + c.name(v.type()) + "` cannot be spread into arguments");
      return false;
    }
    parts.forEach(p -> arguments.add(new Argument.Checked(p, s.span())));
    return true;
  }

  /** The elements of a value that is evaluated once; null if it has none to spread. */
  @Nullable List<Tree.Expr> parts(Tree.Expr v, Span at) {
    boolean record = v.type() instanceof Type.Tuple || v.type() instanceof Type.Struct;
    if (!record && !(v.type() instanceof Type.Array)) {
      return null;
    }
    boolean direct = isStable(v) || Folding.constant(v).isPresent();
    Local held = new Local("spread", v.type(), at);
    Tree.Expr whole = direct ? v : new Tree.LocalRef(at, held);
    List<Type> types = Tuples.elements(v.type(), c.analysis.types);
    long count = v.type() instanceof Type.Array a ? a.length() : types.size();
    List<Tree.Expr> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Tree.Expr part =
          v.type() instanceof Type.Array a
              ? new Tree.Index(at, a.element(), whole, c.intConst(at, Types.I64, i))
              : new Tree.Field(at, types.get(i), whole, i);
      parts.add(c.members.folded(part));
    }
    if (!direct && !parts.isEmpty()) {
      // The value is evaluated where its first element is.
      Tree.Stmt hold = new Tree.Declare(at, held, Optional.of(v));
      Tree.Expr first = parts.getFirst();
      parts.set(0, new Tree.Block(at, first.type(), List.of(hold), Optional.of(first)));
    }
    return parts;
  }

  private static boolean isStable(Tree.Expr e) {
    return switch (e) {
      case Tree.LocalRef l -> true;
      case Tree.GlobalRef g -> true;
      case Tree.Field f -> isStable(f.base());
      default -> false;
    };
  }
}
