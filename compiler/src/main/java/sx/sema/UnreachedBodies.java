package sx.sema;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import sx.module.Declaration;
import sx.module.Module;
import sx.sema.tree.Instance;
import sx.syntax.Ast;
import sx.syntax.Children;
import sx.type.Type;

/**
 * Unknown type names in bodies of the main file that nothing reaches (decl.order.6): those of
 * variables and casts. A body with branches that may be left out, or with inserted text, says only
 * when it is compiled which names it has.
 */
final class UnreachedBodies {
  private final Analysis a;
  private final Module main;
  private final Set<String> declared = new HashSet<>();
  private final List<Ast.Expr> types = new ArrayList<>();
  private boolean open;

  private UnreachedBodies(Analysis a, Module main) {
    this.a = a;
    this.main = main;
  }

  static void check(Analysis a, Module main) {
    for (Ast.Stmt item : main.items()) {
      if (item instanceof Ast.ConstDecl d && d.value() instanceof Ast.Function f) {
        new UnreachedBodies(a, main).function(f);
      }
    }
  }

  /**
   * Reports uses of values without proof in functions that nothing reaches (err.live.8). Such a
   * body is checked as a whole for it, and its other errors are dropped. What a generic function
   * would be checked with only its calls say.
   */
  static void checkProofs(Analysis a, Module m) {
    int before = a.unproven.size();
    for (Declaration d : m.declarations().values()) {
      if (d.decl() instanceof Ast.ConstDecl k) {
        if (k.value() instanceof Ast.Function && a.entity(d) instanceof Entity.Fn f) {
          checkProofs(a, f.decl());
        } else if (k.value() instanceof Ast.StructType s
            && !s.hasParams()
            && a.entity(d) instanceof Entity.TypeName t
            && t.type() instanceof Type.Struct type) {
          methods(a.structs.info(type)).forEach(f -> checkProofs(a, f));
        }
      }
    }
    if (m.items().stream().anyMatch(Ast.Impl.class::isInstance)) {
      a.impls.declaredIn(m).forEach(i -> i.methods().values().forEach(f -> checkProofs(a, f)));
    }
    a.instances.forgetReached();
    a.unproven.subList(before, a.unproven.size()).forEach(a.diagnostics::report);
  }

  private static List<Entity.FunctionDecl> methods(StructInfo s) {
    List<Entity.FunctionDecl> all = new ArrayList<>(s.getters.values());
    all.addAll(s.setters.values());
    s.members
        .values()
        .forEach(
            e ->
                Optional.of(e)
                    .filter(Entity.Fn.class::isInstance)
                    .ifPresent(f -> all.add(((Entity.Fn) f).decl())));
    return all;
  }

  private static void checkProofs(Analysis a, Entity.FunctionDecl decl) {
    if (mayNeedProof(decl.ast)) {
      a.diagnostics.silently(() -> a.instances.plain(decl).ifPresent(Instance::body));
    }
  }

  /** Whether a body takes results apart, and nothing in it must run to know what it means. */
  private static boolean mayNeedProof(Ast.Function f) {
    boolean[] found = {false, false};
    Children.walk(
        List.of(f),
        n -> {
          found[0] |= n instanceof Ast.Destructure;
          found[1] |= n instanceof Ast.Run || n instanceof Ast.Insert;
        });
    return f.form() == Ast.BodyForm.BLOCK && found[0] && !found[1];
  }

  private void function(Ast.Function f) {
    Children.walk(List.of(f), this::inspect);
    if (open) {
      return;
    }
    if (!types.isEmpty()) {
      Checker c = Checker.of(a, Scope.of(main), FunctionState.none());
      types.sort(Comparator.comparingInt(t -> t.span().start()));
      types.forEach(t -> name(c, t));
    }
  }

  private void inspect(Ast node) {
    switch (node) {
      case Ast.Function f -> f.params().forEach(p -> declared.add(p.name().text()));
      case Ast.TypeIntro t -> declared.add(t.name().text());
      case Ast.ConstDecl d -> declared.add(d.name().text());
      case Ast.VarDecl v -> {
        declared.add(v.name().text());
        v.type().ifPresent(types::add);
      }
      case Ast.Cast k -> types.add(k.type());
      case Ast.InlineStmt i -> open = true;
      case Ast.Insert i -> open = true;
      case Ast.If i -> open |= Conditionals.isStatic(i.condition());
      default -> {}
    }
  }

  private void name(Checker c, Ast.Expr type) {
    switch (type) {
      case Ast.SliceType s -> name(c, s.element());
      case Ast.ManyPointerType m -> name(c, m.element());
      case Ast.OptionalType o -> name(c, o.payload());
      case Ast.ArrayType r -> name(c, r.element());
      case Ast.Unary u -> name(c, u.operand());
      case Ast.NameExpr n -> {
        if (!declared.contains(n.name().text())) {
          c.names.entity(n.name(), Names.Use.TYPE);
        }
      }
      default -> {}
    }
  }
}
