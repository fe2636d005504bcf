package sx.sema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import sx.module.Module;
import sx.syntax.Ast;
import sx.syntax.Children;
import sx.type.Type;

/** Blocks that implement a protocol for every type of a pattern (proto.impl.6, proto.par.4). */
final class ImplTemplates {
  /** One block; {@code pattern} is its target with the parameters marked in it. */
  private record Template(Ast.Impl ast, Module module, List<String> params, Ast.Expr pattern) {}

  private final Analysis a;
  private final List<Template> templates = new ArrayList<>();
  private final Map<List<Object>, Optional<Impls.Impl>> made = new HashMap<>();

  ImplTemplates(Analysis a) {
    this.a = a;
  }

  /** Whether a block is for a pattern, not for one type. */
  static boolean isGeneric(Ast.Impl ast) {
    return !ast.typeParams().isEmpty() || !introduced(ast.target()).isEmpty();
  }

  private static Set<String> introduced(Ast.Expr e) {
    Set<String> names = new LinkedHashSet<>();
    Children.walk(
        List.of(e),
        n -> {
          if (n instanceof Ast.TypeIntro t) {
            names.add(t.name().text());
          }
        });
    return names;
  }

  void enter(Ast.Impl ast, Module module) {
    Ast.Expr pattern = ast.target();
    List<String> params = new ArrayList<>(introduced(pattern));
    if (!ast.typeParams().isEmpty()) {
      List<Ast.Arg> args = new ArrayList<>();
      for (Ast.Name n : ast.typeParams()) {
        params.add(n.text());
        Ast.Expr intro = new Ast.TypeIntro(n.span(), n, List.of());
        args.add(new Ast.Arg(n.span(), Optional.empty(), intro));
      }
      pattern = new Ast.Call(ast.target().span(), ast.target(), args, Optional.empty());
    }
    templates.add(new Template(ast, module, params, pattern));
  }

  /** Reports heads of blocks that name what is not there, used or not (proto.impl.8). */
  void check() {
    for (Template t : templates) {
      Checker c = Checker.of(a, Scope.of(t.module()), FunctionState.none());
      if (a.impls.head(c, t.ast()) == null) {
        continue;
      }
      for (Ast.Expr argument : t.ast().protocolArgs()) {
        if (!mentions(argument, t.params())) {
          a.impls.inHead(t.ast(), () -> c.types.resolve(argument));
        }
      }
      if (t.pattern() instanceof Ast.Call k
          && a.impls.inHead(t.ast(), () -> c.names.path(k.callee(), Names.Use.HEAD)) == null) {
        a.diagnostics.error(t.ast().span(), "unknown type `" + k.callee().span().text() + "`");
      }
    }
  }

  private static boolean mentions(Ast.Expr e, List<String> params) {
    boolean[] found = {false};
    Children.walk(
        List.of(e),
        n ->
            found[0] |=
                n instanceof Ast.TypeIntro
                    || (n instanceof Ast.NameExpr x && params.contains(x.name().text())));
    return found[0];
  }

  /** The blocks that these make for a type. */
  List<Impls.Impl> of(Type target) {
    List<Impls.Impl> found = new ArrayList<>();
    for (Template t : templates) {
      List<Object> key = List.of(t, target);
      Optional<Impls.Impl> one = made.get(key);
      if (one == null) {
        one = instantiate(t, target);
        made.put(key, one);
      }
      one.ifPresent(found::add);
    }
    return found;
  }

  private Optional<Impls.Impl> instantiate(Template t, Type target) {
    Scope scope = Scope.of(t.module()).instance();
    Inference inference = new Inference(a, t.params(), Scope.of(t.module()));
    if (!inference.match(t.pattern(), target)) {
      return Optional.empty();
    }
    inference.declareBound(scope);
    Templates.Application made = a.templates.application(target);
    if (made != null && t.pattern() instanceof Ast.Call k && k.callee() instanceof Ast.NameExpr n) {
      // In the methods the bare name of the struct means the instance.
      scope.declare(
          n.name().text(), new Entity.Template(made.template(), Optional.<Type>of(target)));
    }
    Checker c = Checker.of(a, scope, FunctionState.none());
    Type.Protocol protocol = a.impls.protocol(c, t.ast());
    return protocol == null
        ? Optional.empty()
        : Optional.of(
            new Impls.Impl(
                t.ast(), protocol, target, Impls.methods(t.ast(), scope, Set.copyOf(t.params()))));
  }
}
