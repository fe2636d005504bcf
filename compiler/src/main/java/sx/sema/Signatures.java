package sx.sema;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import sx.module.Declaration;
import sx.module.Module;
import sx.sema.tree.Local;
import sx.source.Diagnostics;
import sx.syntax.Ast;
import sx.syntax.Children;
import sx.type.Type;
import sx.type.Types;

/**
 * What is checked in every declaration of a module, reached or not (decl.order.6): the type names
 * of signatures, duplicate parameters, live {@code #error}s.
 */
final class Signatures {
  private final Analysis a;
  private final Module m;

  Signatures(Analysis a, Module m) {
    this.a = a;
    this.m = m;
  }

  void check() {
    for (Ast.Stmt item : m.items()) {
      switch (item) {
        case Ast.ConstDecl d -> declaration(d);
        case Ast.ErrorDirective e -> a.diagnostics.error(e.span(), e.message());
        default -> {}
      }
    }
  }

  private void declaration(Ast.ConstDecl d) {
    switch (d.value()) {
      case Ast.Function f when !f.isLambda() -> function(f, Scope.of(m), false);
      case Ast.StructType s when s.hasParams() ->
          new GenericSignatures(a, Scope.of(m)).struct(d, s);
      case Ast.StructType s -> {
        Scope inner = Scope.of(m).inner();
        for (Ast.StructItem i : s.items()) {
          if (i instanceof Ast.Fields f && f.defaultValue().isPresent()) {
            defaultValue(
                f.type(), f.defaultValue().get(), Checker.of(a, inner, FunctionState.none()));
          }
          if (i instanceof Ast.StructConst k) {
            constant(k, inner);
            value(d, k);
          }
        }
      }
      default -> {}
    }
  }

  /** Reports parameters of one name (decl.fn.4). */
  static void checkNames(List<Ast.Param> params, Diagnostics diagnostics) {
    Set<String> seen = new HashSet<>();
    for (Ast.Param p : params) {
      if (!p.name().text().equals("_") && !seen.add(p.name().text())) {
        diagnostics.error(
            p.name().span(), "there is a parameter `" + p.name().text() + "` already");
      }
    }
  }

  private void function(Ast.Function f, Scope scope, boolean inStruct) {
    int before = a.diagnostics.errorCount();
    types(f, scope, inStruct);
    if (a.diagnostics.errorCount() > before) {
      a.brokenSignatures.add(f);
    }
    if (!isGeneric(f) && !mentionsApplied(f)) {
      defaults(f, scope);
    }
  }

  private void types(Ast.Function f, Scope scope, boolean inStruct) {
    checkNames(f.params(), a.diagnostics);
    if (isGeneric(f)) {
      new GenericSignatures(a, scope).function(f);
      return;
    }
    Scope inner = scope.inner();
    declareTypeValues(f, inner);
    Checker c = Checker.of(a, inner, FunctionState.none());
    if (mentionsApplied(f)) {
      TypeNames names = new TypeNames(c);
      if (inStruct) {
        names.type("Self");
      }
      f.params().forEach(p -> p.type().ifPresent(names::check));
      f.returnType().ifPresent(names::check);
      return;
    }
    f.params().forEach(p -> p.type().ifPresent(c.types::resolve));
    f.returnType().ifPresent(c.types::result);
  }

  private static boolean isGeneric(Ast.Function f) {
    return f.params().stream()
        .anyMatch(
            p ->
                p.compileTime()
                    || p.variadic()
                    || p.type().filter(Generics::introduces).isPresent());
  }

  /** Checks the defaults of a function that is neither generic nor mentions instances. */
  private void defaults(Ast.Function f, Scope scope) {
    Scope inner = scope.inner();
    declareTypeValues(f, inner);
    Checker c = Checker.of(a, inner, FunctionState.none());
    for (Ast.Param p : f.params()) {
      if (p.type().isPresent() && p.defaultValue().isPresent()) {
        defaultValue(p.type().get(), p.defaultValue().get(), c);
      }
    }
  }

  /** Finds the value of a constant, unless code runs for it that nothing asks for. */
  private void value(Ast.ConstDecl owner, Ast.StructConst k) {
    boolean[] runs = {false};
    Children.walk(
        List.of(k),
        n -> runs[0] |= n instanceof Ast.Run || n instanceof Ast.Call || n instanceof Ast.Function);
    Declaration d = m.declarations().get(owner.name().text());
    if (!runs[0]
        && d != null
        && a.entity(d) instanceof Entity.TypeName t
        && t.type() instanceof Type.Struct s) {
      Checker c = Checker.of(a, Scope.of(m), FunctionState.none());
      c.members.structMember(a.structs.info(s), k.name().text());
    }
  }

  private void constant(Ast.StructConst k, Scope inner) {
    switch (k.value()) {
      case Ast.Function f -> function(f, inner, true);
      case Ast.StructType s ->
          UnreachedBodies.within(
              Checker.of(a, inner, FunctionState.none()), s, List.of(k.name().text()));
      default -> {}
    }
  }

  /**
   * Makes run-time parameters of type Type known where they may be taken for types (gen.param.6).
   */
  static void declareTypeValues(Ast.Function f, Scope scope) {
    for (Ast.Param p : f.params()) {
      if (!p.compileTime() && !p.variadic() && Generics.isType(p.type())) {
        Local value = new Local(p.name().text(), Types.TYPE, p.name().span());
        scope.declare(
            p.name().text(),
            new Entity.Variable(value, Entity.Binding.VARIABLE, FunctionState.none()));
      }
    }
  }

  /** A default that needs no function is checked even if it is never used (types.fold.4). */
  private static void defaultValue(Ast.Expr type, Ast.Expr value, Checker c) {
    Type t = isPlain(value) ? c.types.resolve(type) : Types.ERROR;
    if (!t.isError()) {
      c.initialiser(value, t);
    }
  }

  /** Whether an expression consists of literals, names of module scope and operators only. */
  private static boolean isPlain(Ast.Expr e) {
    return switch (e) {
      case Ast.IntLit i -> true;
      case Ast.FloatLit f -> true;
      case Ast.CharLit ch -> true;
      case Ast.StringLit s -> true;
      case Ast.BoolLit b -> true;
      case Ast.NullLit n -> true;
      case Ast.EnumLit l -> true;
      case Ast.ArrayLit l -> l.elements().stream().allMatch(Signatures::isPlain);
      case Ast.AggregateLit l ->
          l.init().isEmpty() && l.entries().stream().allMatch(i -> isPlain(i.value()));
      case Ast.NameExpr n -> true;
      case Ast.Group g -> isPlain(g.inner());
      case Ast.Member m -> isPlain(m.base());
      case Ast.Unary u -> u.op() != Ast.UnaryOp.TRY && isPlain(u.operand());
      case Ast.Binary b -> b.op() != Ast.BinaryOp.PIPE && isPlain(b.left()) && isPlain(b.right());
      default -> false;
    };
  }

  /** Forms whose types are made where they are used only: here their names are looked up. */
  private static boolean mentionsApplied(Ast.Function f) {
    return f.params().stream()
            .map(Ast.Param::type)
            .flatMap(Optional::stream)
            .filter(t -> !(t instanceof Ast.ResultList))
            .anyMatch(Signatures::applied)
        || f.returnType().filter(Signatures::appliedResult).isPresent();
  }

  private static boolean appliedResult(Ast.Expr type) {
    return type instanceof Ast.ResultList r
        ? r.items().stream().anyMatch(i -> applied(i.type()))
        : applied(type);
  }

  private static boolean applied(Ast.Expr type) {
    return switch (type) {
      case Ast.Call k -> true;
      case Ast.NameExpr n -> n.name().text().equals("Self");
      case Ast.Unary u -> applied(u.operand());
      case Ast.SliceType s -> applied(s.element());
      case Ast.OptionalType o -> applied(o.payload());
      default -> false;
    };
  }
}
