package sx.sema;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sx.module.Declaration;
import sx.module.Lookup;
import sx.sema.tree.Local;
import sx.sema.tree.Tree;
import sx.source.Diagnostic;
import sx.source.Span;
import sx.syntax.Ast;
import sx.type.Type;

/** Chooses the function of a dot-call that names no field and no method (ufcs.res). */
final class Ufcs {
  /** How closely a first parameter describes the receiver (ufcs.res.5). */
  private enum Fit {
    NONE,
    ANYTHING,
    SHAPE,
    CONVERTED,
    EXACT
  }

  private record Candidate(Entity.FunctionDecl decl, Fit fit, boolean own) {}

  private final Checker c;

  Ufcs(Checker c) {
    this.c = c;
  }

  /** The function that {@code receiver.name(…)} calls; null after an error. */
  Entity.@Nullable FunctionDecl choose(Ast.Member m, Type receiver) {
    String name = m.name().text();
    Entity local = c.scope.find(name);
    List<Entity.Fn> visible = new ArrayList<>();
    if (local instanceof Entity.Fn f) {
      visible.add(f);
    } else if (local == null) {
      functions(Lookup.visible(c.scope.module(), name), visible);
    }
    List<Candidate> fitting = fitting(visible, receiver);
    if (!fitting.isEmpty()) {
      return best(fitting, m);
    }
    List<Entity.Fn> everywhere = new ArrayList<>();
    functions(Lookup.everywhere(c.scope.module(), name), everywhere);
    fitting = fitting(everywhere, receiver);
    if (!fitting.isEmpty()) {
      return best(fitting, m);
    }
    refuse(m, receiver, visible, everywhere);
    return null;
  }

  private void functions(List<Declaration> from, List<Entity.Fn> out) {
    for (Declaration d : from) {
      if (c.analysis.entity(d) instanceof Entity.Fn f
          && out.stream().noneMatch(o -> o.decl() == f.decl())) {
        out.add(f);
      } else if (c.analysis.entity(d) instanceof Entity.Fn f && f.dotCallable()) {
        out.removeIf(o -> o.decl() == f.decl());
        out.add(f);
      }
    }
  }

  private List<Candidate> fitting(List<Entity.Fn> functions, Type receiver) {
    List<Candidate> out = new ArrayList<>();
    for (Entity.Fn f : functions) {
      if (!f.dotCallable() || f.decl().ast.params().isEmpty()) {
        continue;
      }
      Fit fit = fit(f.decl(), receiver);
      if (fit != Fit.NONE) {
        out.add(new Candidate(f.decl(), fit, f.decl().module == c.scope.module()));
      }
    }
    return out;
  }

  private Entity.@Nullable FunctionDecl best(List<Candidate> fitting, Ast.Member m) {
    Fit most = fitting.stream().map(Candidate::fit).max(Fit::compareTo).orElseThrow();
    List<Candidate> best = fitting.stream().filter(x -> x.fit() == most).toList();
    List<Candidate> own = best.stream().filter(Candidate::own).toList();
    if (best.size() == 1 || own.size() == 1) {
      return (own.size() == 1 ? own : best).getFirst().decl();
    }
    Diagnostic d =
        Diagnostic.error(
            m.span(),
            "several functions `"
                + m.name().text()
                + "` fit this receiver equally well; call one of them directly, qualified by its"
                + " module");
    for (Candidate x : best) {
      d = d.with(Diagnostic.note(x.decl().nameNode.span(), "one is declared here"));
    }
    c.analysis.diagnostics.report(d);
    return null;
  }

  // ------------------------------------------------------------------ how a receiver fits

  private Fit fit(Entity.FunctionDecl decl, Type receiver) {
    Ast.Param first = decl.ast.params().getFirst();
    if (first.compileTime() || first.type().isEmpty()) {
      return Entity.FunctionDecl.isPack(first) || first.compileTime() ? Fit.ANYTHING : Fit.NONE;
    }
    Ast.Expr pattern = first.type().get();
    Inference inference = new Inference(c.analysis, decl.typeParams(), decl.scope);
    return inference.mentions(pattern)
        ? generic(inference, pattern, receiver)
        : concrete(decl, pattern, receiver);
  }

  private Fit generic(Inference inference, Ast.Expr pattern, Type receiver) {
    boolean accepts =
        inference.argument(pattern, receiver)
            || (!isPointer(pattern)
                && receiver instanceof Type.Pointer p
                && inference.match(pattern, p.target()));
    if (!accepts) {
      return Fit.NONE;
    }
    Ast.Expr inner = pattern;
    while (true) {
      if (inner instanceof Ast.Group g) {
        inner = g.inner();
      } else if (inner instanceof Ast.Unary u && u.op() == Ast.UnaryOp.ADDRESS) {
        inner = u.operand();
      } else {
        break;
      }
    }
    return inner instanceof Ast.TypeIntro || inner instanceof Ast.NameExpr
        ? Fit.ANYTHING
        : Fit.SHAPE;
  }

  private static boolean isPointer(Ast.Expr pattern) {
    return pattern instanceof Ast.Unary u && u.op() == Ast.UnaryOp.ADDRESS;
  }

  private Fit concrete(Entity.FunctionDecl decl, Ast.Expr pattern, Type receiver) {
    Type wanted = Checker.of(c.analysis, decl.scope, FunctionState.none()).types.resolve(pattern);
    if (wanted.isError()) {
      return Fit.NONE;
    }
    if (peeled(wanted).equals(peeled(receiver))) {
      return Fit.EXACT;
    }
    Span at = pattern.span();
    Tree.Expr value = new Tree.LocalRef(at, new Local("receiver", receiver, at));
    boolean pointers = wanted instanceof Type.Pointer && receiver instanceof Type.Pointer;
    return !pointers && c.conversions.implicit(value, wanted, at) != null
        ? Fit.CONVERTED
        : Fit.NONE;
  }

  private static Type peeled(Type t) {
    Type inner = t;
    while (inner instanceof Type.Pointer p) {
      inner = p.target();
    }
    return inner;
  }

  // ------------------------------------------------------------------ errors

  private void refuse(
      Ast.Member m, Type receiver, List<Entity.Fn> visible, List<Entity.Fn> everywhere) {
    String name = m.name().text();
    if (everywhere.stream().anyMatch(f -> c.analysis.brokenSignatures.contains(f.decl().ast))) {
      return;
    }
    Optional<Entity.Fn> plain = visible.stream().filter(f -> !f.dotCallable()).findFirst();
    boolean candidates =
        visible.stream().anyMatch(Entity.Fn::dotCallable)
            || everywhere.stream().anyMatch(Entity.Fn::dotCallable);
    if (plain.isPresent()) {
      Diagnostic d =
          Diagnostic.error(
              m.span(),
              "`"
                  + name
                  + "` is not a method of `"
                  + c.name(receiver)
                  + "` and not declared `ufcs`");
      String base = m.base().span().text();
      c.analysis.diagnostics.report(
          d.with(
              Diagnostic.help(
                  m.span(),
                  "call it as `"
                      + name
                      + "("
                      + base
                      + ", …)` or `"
                      + base
                      + " |> "
                      + name
                      + "(…)`, or declare it `"
                      + name
                      + " :: ufcs (…)`")));
    } else if (candidates) {
      c.error(
          m.span(),
          "no function `" + name + "` takes a receiver of type `" + c.name(receiver) + "`");
    } else {
      c.members.missing(m.span(), receiver, name);
    }
  }
}
