package sx.sema;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sx.sema.tree.Instance;
import sx.source.Span;
import sx.syntax.Ast;
import sx.syntax.Returns;
import sx.type.Type;

/** Blocks behind calls: closures for the last parameter (stmt.trail). */
final class TrailingBlocks {
  private final Checker c;

  TrailingBlocks(Checker c) {
    this.c = c;
  }

  /** The call with its block as a lambda that is the last argument. */
  static Ast.Call asArgument(Ast.Call call) {
    Ast.Block block = call.trailing().orElseThrow();
    Ast.Function lambda =
        new Ast.Function(
            block.span(),
            false,
            true,
            true,
            List.of(),
            Optional.empty(),
            Ast.Accessor.NONE,
            Optional.empty(),
            Optional.empty(),
            Ast.BodyForm.BLOCK,
            Optional.of(block));
    List<Ast.Arg> args = new ArrayList<>(call.args());
    args.add(new Ast.Arg(block.span(), Optional.empty(), lambda));
    return new Ast.Call(call.span(), call.callee(), List.copyOf(args), Optional.empty());
  }

  /** Whether an argument is such a block; a lambda that is written has a parameter list. */
  static boolean isOne(Ast.Arg a) {
    return a.value() instanceof Ast.Function f && f.isLambda() && f.bare();
  }

  /** The block as a named argument for the last parameter; null after an error (stmt.trail.3). */
  Ast.@Nullable Arg named(Entity.FunctionDecl decl, Ast.Arg block) {
    String problem = problem(decl);
    if (!problem.isEmpty()) {
      c.error(block.span(), problem);
      return null;
    }
    Ast.Name name = decl.ast.params().getLast().name();
    return new Ast.Arg(block.span(), Optional.of(name), block.value());
  }

  private String problem(Entity.FunctionDecl decl) {
    List<Ast.Param> params = decl.ast.params();
    if (params.isEmpty()) {
      return "`" + decl.name + "` has no parameter that could take this block";
    }
    Ast.Param last = params.getLast();
    String name = "the last parameter `" + last.name().text() + "`";
    if (last.variadic()) {
      return name + " is variadic and takes no block";
    }
    if (decl.isGeneric()) {
      return problem(decl, last, name);
    }
    Optional<Instance> made = c.analysis.instances.plain(decl);
    return made.map(i -> problem(i.params().getLast().type(), name)).orElse("");
  }

  private String problem(Type type, String name) {
    Type wanted = type instanceof Type.Optional o ? o.payload() : type;
    if (type.isError()) {
      return "";
    }
    return wanted instanceof Type.Closure k
        ? taken(k.params().isEmpty(), name)
        : name + " has the type `" + c.name(type) + "`; a block is a `Closure()`";
  }

  /** What is wrong with the last parameter of a generic function, told from how it is written. */
  private String problem(Entity.FunctionDecl decl, Ast.Param last, String name) {
    Optional<Ast.Expr> written = last.compileTime() ? Optional.empty() : last.type();
    Ast.Expr type = written.map(TrailingBlocks::withoutOptional).orElse(null);
    if (type instanceof Ast.ClosureType k) {
      return taken(k.params().isEmpty(), name);
    }
    if (type instanceof Ast.NameExpr n && !decl.typeParams().contains(n.name().text())) {
      Type named = Checker.of(c.analysis, decl.scope, FunctionState.none()).types.resolve(type);
      return problem(named, name);
    }
    return name + " is no closure; a block is a `Closure()`";
  }

  private static String taken(boolean withoutParams, String name) {
    return withoutParams ? "" : name + " is a closure with parameters; write a lambda";
  }

  private static Ast.Expr withoutOptional(Ast.Expr type) {
    return switch (type) {
      case Ast.OptionalType o -> withoutOptional(o.payload());
      case Ast.Group g -> withoutOptional(g.inner());
      default -> type;
    };
  }

  /**
   * The block for a closure whose result the block tells: its value is that of its last expression,
   * without a `return` too (stmt.trail.5).
   */
  static Ast.Function withItsValue(Ast.Function f) {
    boolean hasTail =
        f.bare()
            && f.body().orElse(null) instanceof Ast.Block b
            && !b.statements().isEmpty()
            && b.statements().getLast() instanceof Ast.ExprStmt e
            && !e.terminated()
            && !Returns.valueIn(b);
    return hasTail
        ? new Ast.Function(
            f.span(),
            false,
            true,
            true,
            List.of(),
            Optional.empty(),
            Ast.Accessor.NONE,
            Optional.empty(),
            Optional.empty(),
            Ast.BodyForm.ARROW,
            f.body())
        : f;
  }

  /** Reports a block behind the call of something that is no declared function (stmt.trail.6). */
  boolean refused(Ast.Call call, Span callee) {
    boolean has = !call.args().isEmpty() && isOne(call.args().getLast());
    if (has) {
      c.error(callee, "only a declared function takes a block behind its call");
    }
    return has;
  }
}
