package sx.sema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sx.module.Module;
import sx.source.Diagnostic;
import sx.source.Span;
import sx.syntax.Ast;
import sx.syntax.Children;

/**
 * Warns of functions that are declared to fail with a bare {@code !} and never do (err.infer.2).
 */
final class NeedlessFailures {
  private final Analysis a;
  private final Map<Entity.FunctionDecl, List<ErrorSets.InferredSet>> instances =
      new LinkedHashMap<>();

  NeedlessFailures(Analysis a) {
    this.a = a;
  }

  /** An instance of a function that can fail; its body is checked before {@link #warn}. */
  void add(Entity.FunctionDecl decl, FunctionState state) {
    if (channel(decl).isPresent()) {
      instances.computeIfAbsent(decl, d -> new ArrayList<>()).add(state.raised);
    }
  }

  /** Reports what no instance has needed its channel for, once every body has been checked. */
  void warn() {
    instances.forEach(
        (decl, sets) -> {
          if (sets.stream().allMatch(a.errorSets::isEmpty)
              && a.isOwn(decl.module)
              && !serves(decl)
              && !dependsOnValues(decl)) {
            String name = decl.owner == null ? decl.name : decl.owner.name + "." + decl.name;
            a.diagnostics.report(
                Diagnostic.warning(
                    channel(decl).orElseThrow(),
                    "`" + name + "` is declared to fail and never does; drop the `!`"));
          }
        });
  }

  /** The {@code !} of a function with a body that is all of its result. */
  private static Optional<Span> channel(Entity.FunctionDecl decl) {
    return decl.ast.body().isPresent()
            && decl.ast.returnType().orElse(null) instanceof Ast.ErrorChannel k
            && k.set().isEmpty()
        ? Optional.of(k.span())
        : Optional.empty();
  }

  /** Whether a function has its result from elsewhere: {@code main}, and methods of protocols. */
  private static boolean serves(Entity.FunctionDecl decl) {
    return (decl.name.equals("main") && decl.owner == null)
        || decl.defaultOf.isPresent()
        || implementsProtocol(decl);
  }

  @SuppressWarnings("ReferenceEquality") // it is this function, not one that looks like it
  private static boolean implementsProtocol(Entity.FunctionDecl decl) {
    Module m = decl.module;
    return m.items().stream()
        .anyMatch(
            i ->
                i instanceof Ast.Impl impl
                    && impl.methods().stream().anyMatch(k -> k.value() == decl.ast));
  }

  /** Whether it tries a call of which only the run says what it calls. */
  private boolean dependsOnValues(Entity.FunctionDecl decl) {
    Checker c = Checker.of(a, decl.scope, FunctionState.none());
    boolean[] found = {false};
    Children.walk(
        List.of(decl.ast),
        n -> {
          if (n instanceof Ast.Unary u
              && u.op() == Ast.UnaryOp.TRY
              && OrChains.stripped(u.operand()) instanceof Ast.Call k) {
            Ast.Expr callee = OrChains.stripped(k.callee());
            a.diagnostics.silently(
                () -> found[0] |= !(c.names.path(callee, Names.Use.CALL) instanceof Entity.Fn));
          }
        });
    return found[0];
  }
}
