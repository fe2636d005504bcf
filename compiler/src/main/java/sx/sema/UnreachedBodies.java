package sx.sema;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import sx.module.Declaration;
import sx.module.Module;
import sx.sema.tree.Instance;
import sx.syntax.Ast;
import sx.syntax.Children;
import sx.type.Type;

/**
 * Unknown type names in bodies of the main file that nothing reaches (decl.order.6): wherever the
 * syntax shows a type. Branches that may be left out are passed over; a body with inserted text
 * says only when it is compiled which names it has.
 */
final class UnreachedBodies {
  private final TypeNames names;
  private final List<Ast.Expr> types = new ArrayList<>();
  private boolean open;

  private UnreachedBodies(Checker c) {
    this.names = new TypeNames(c);
    names.type("Self");
  }

  static void check(Analysis a, Module main) {
    for (Ast.Stmt item : main.items()) {
      boolean bodies =
          item instanceof Ast.Impl
              || (item instanceof Ast.ConstDecl d
                  && (d.value() instanceof Ast.Function
                      || d.value() instanceof Ast.StructType
                      || d.value() instanceof Ast.ProtocolType));
      if (bodies) {
        Checker c = Checker.of(a, Scope.of(main), FunctionState.none());
        if (item instanceof Ast.Impl i) {
          List<String> known = parameters(i);
          i.methods().forEach(m -> within(c, m, known));
        } else {
          within(c, item, List.of());
        }
      }
    }
  }

  private static List<String> parameters(Ast.Impl i) {
    List<String> known = new ArrayList<>();
    i.typeParams().forEach(p -> known.add(p.text()));
    Stream.concat(i.protocolArgs().stream(), Stream.of(i.target()))
        .flatMap(t -> Generics.introduced(t).stream())
        .forEach(t -> known.add(t.name().text()));
    return known;
  }

  /** Checks a declaration with all that is in it, where the given names are known besides. */
  static void within(Checker c, Ast root, List<String> known) {
    UnreachedBodies all = new UnreachedBodies(c);
    all.names.types(known);
    Children.walkInto(List.of(root), all::inspect);
    if (!all.open) {
      all.types.sort(Comparator.comparingInt(t -> t.span().start()));
      c.analysis.diagnostics.again(() -> all.types.forEach(all.names::check));
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

  /** Notes what a node declares and which types it shows; whether to look below it. */
  private boolean inspect(Ast node) {
    switch (node) {
      case Ast.InlineStmt i -> {
        return false;
      }
      case Ast.If i when Conditionals.isStatic(i.condition()) -> {
        return false;
      }
      case Ast.Insert i -> open = true;
      case Ast.NameExpr n when n.name().text().equals("declare") -> open = true; // ct.make.8
      case Ast.Function f -> {
        f.params().forEach(p -> names.type(p.name().text()));
        f.params().forEach(p -> p.type().ifPresent(types::add));
        f.returnType().ifPresent(types::add);
      }
      case Ast.TypeIntro t -> names.type(t.name().text());
      case Ast.ConstDecl d -> {
        names.type(d.name().text());
        d.type().ifPresent(types::add);
      }
      case Ast.VarDecl v -> {
        names.type(v.name().text());
        v.type().ifPresent(types::add);
      }
      case Ast.Destructure d -> d.names().forEach(n -> names.type(n.text()));
      case Ast.For f -> f.captures().forEach(k -> names.type(k.name().text()));
      case Ast.OnFail o -> o.binding().ifPresent(this::binds);
      case Ast.Cast k -> types.add(k.type());
      case Ast.AggregateLit l -> l.head().ifPresent(types::add);
      case Ast.ArrayLit l -> l.head().ifPresent(types::add);
      case Ast.Expr e -> type(e);
      case Ast.StructConst k -> names.type(k.name().text());
      case Ast.Fields f -> types.add(f.type());
      default -> {}
    }
    return true;
  }

  /** A value of this name may stand in {@code type_of}. */
  private void binds(Ast.Name name) {
    names.type(name.text());
  }

  /** A node that is a type whatever stands around it. */
  private void type(Ast.Expr e) {
    switch (e) {
      case Ast.StructType s -> s.params().forEach(p -> names.type(p.name().text()));
      case Ast.ProtocolType p -> {
        p.params().forEach(q -> names.type(q.name().text()));
        for (Ast.ProtocolMethod m : p.methods()) {
          m.params().forEach(q -> names.type(q.name().text()));
        }
      }
      case Ast.EnumType n -> n.variants().forEach(v -> v.payload().ifPresent(types::add));
      case Ast.UnionType u -> u.members().forEach(m -> types.add(m.type()));
      case Ast.ArrayType t -> types.add(t);
      case Ast.SliceType t -> types.add(t);
      case Ast.ManyPointerType t -> types.add(t);
      case Ast.OptionalType t -> types.add(t);
      case Ast.TupleType t -> types.add(t);
      case Ast.FunctionType t -> types.add(t);
      case Ast.ClosureType t -> types.add(t);
      case Ast.If i -> i.binding().ifPresent(this::binds);
      case Ast.While w -> w.binding().ifPresent(this::binds);
      case Ast.Match m -> m.arms().forEach(x -> x.capture().ifPresent(this::binds));
      case Ast.Catch k -> k.binding().ifPresent(this::binds);
      default -> {}
    }
  }
}
