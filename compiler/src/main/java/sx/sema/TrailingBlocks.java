package sx.sema;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sx.sema.tree.Instance;
import sx.source.Span;
import sx.syntax.Ast;
import sx.type.Type;
import sx.type.Types;

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
    Type type = lastType(decl);
    if (type.isError()) {
      return "";
    }
    Type wanted = type instanceof Type.Optional o ? o.payload() : type;
    if (!(wanted instanceof Type.Closure k)) {
      return name + " has the type `" + c.name(type) + "`; a block is a `Closure()`";
    }
    return k.params().isEmpty() ? "" : name + " is a closure with parameters; write a lambda";
  }

  /**
   * The type of the last parameter; the error type where only a call of a generic function tells
   * it.
   */
  private Type lastType(Entity.FunctionDecl decl) {
    if (!decl.isGeneric()) {
      Optional<Instance> made = c.analysis.instances.plain(decl);
      return made.map(i -> i.params().getLast().type()).orElse(Types.ERROR);
    }
    return Types.ERROR;
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
