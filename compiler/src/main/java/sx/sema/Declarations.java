package sx.sema;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sx.module.Declaration;
import sx.module.Module;
import sx.sema.tree.Constant;
import sx.sema.tree.GlobalVar;
import sx.sema.tree.Tree;
import sx.syntax.Ast;
import sx.type.Type;
import sx.type.Types;

/** Turns module-level and block-level declarations into entities. */
final class Declarations {
  private final Analysis a;

  Declarations(Analysis a) {
    this.a = a;
  }

  Entity resolve(Declaration d) {
    if (d.namespace().isPresent()) {
      return new Entity.Space(d.namespace().get());
    }
    Module m = d.author();
    Scope scope = Scope.of(m);
    return switch (d.decl()) {
      case Ast.ConstDecl c when isConstruction(c, scope) -> a.constructions.module(d, c, scope);
      case Ast.ConstDecl c -> constant(c, scope, e -> a.early(d, e));
      case Ast.VarDecl v -> global(v, scope);
      default -> Entity.BAD;
    };
  }

  private boolean isConstruction(Ast.ConstDecl c, Scope scope) {
    return c.type().isEmpty()
        && c.value() instanceof Ast.Call
        && Constructions.constructs(c.value(), Checker.of(a, scope, FunctionState.none()));
  }

  /** Receives a type entity as soon as it exists. */
  interface Early {
    void accept(Entity e);
  }

  /** A {@code ::} declaration at module level, or of a type or function in a block. */
  Entity constant(Ast.ConstDecl c, Scope scope, Early early) {
    Module m = scope.module();
    return switch (c.value()) {
      case Ast.Function f when !f.isLambda() && f.form() == Ast.BodyForm.INTRINSIC ->
          intrinsic(c.name(), m);
      case Ast.Function f when !f.isLambda() ->
          new Entity.Fn(new Entity.FunctionDecl(c.name(), f, scope, m, null));
      case Ast.IntrinsicExpr i -> intrinsic(c.name(), m);
      case Ast.StructType s when s.hasParams() ->
          new Entity.Template(new StructTemplate(c.name(), s, scope), Optional.empty());
      case Ast.StructType s -> a.structs.declare(c.name().text(), c.name().span(), s, scope, early);
      case Ast.EnumType e -> a.enums.declare(c.name().text(), c.name().span(), e, scope, early);
      case Ast.UnionType u ->
          a.structs.declareUnion(c.name().text(), c.name().span(), u, scope, early);
      case Ast.ErrorSetType e -> Errors.declare(a, c, e, early);
      case Ast.ProtocolType p -> a.protocols.declare(c, p, scope);
      case Ast.LibraryExpr l -> new Entity.Unsupported("libraries", c.name().span());
      case Ast.CImport i -> Entity.BAD;
      case Ast.ImportExpr i -> Entity.BAD;
      case Ast.UfcsAlias u -> {
        Checker k = Checker.of(a, scope, FunctionState.none());
        Entity target = k.names.entity(u.target(), Names.Use.CALL);
        yield switch (target) {
          case Entity.Fn f -> new Entity.Fn(f.decl(), true);
          case Entity.Bad b -> target;
          case Entity.Unsupported x -> target;
          case Entity.Intrinsic i -> target;
          default -> {
            a.diagnostics.error(
                u.target().span(),
                "`"
                    + u.target().text()
                    + "` is not a function, and only those are called with a dot");
            yield Entity.BAD;
          }
        };
      }
      default -> value(c, scope);
    };
  }

  private Entity intrinsic(Ast.Name name, Module m) {
    if (Intrinsics.isKnown(name.text()) && !m.file().isLibrary()) {
      a.diagnostics.error(
          name.span(),
          "the intrinsic `"
              + name.text()
              + "` belongs to the module `modules/"
              + Intrinsics.home(name.text())
              + "`; it can be called without a declaration");
      return Entity.BAD;
    }
    if (Intrinsics.isKnown(name.text())) {
      return new Entity.Intrinsic(name.text());
    }
    a.diagnostics.error(
        name.span(), "`" + name.text() + "` is not a function that the compiler implements");
    return Entity.BAD;
  }

  private Entity value(Ast.ConstDecl c, Scope scope) {
    Checker k = Checker.of(a, scope, FunctionState.none());
    if (c.type().isEmpty()) {
      Entity alias = k.names.alias(c.value());
      if (alias != null) {
        return alias;
      }
    }
    Type type = c.type().map(k.types::resolve).orElse(null);
    if (type != null && type.isError()) {
      return Entity.BAD;
    }
    if (c.value() instanceof Ast.Undefined && type != null) {
      return made(c, type, Constant.ZERO);
    }
    if (type == null
        && c.value() instanceof Ast.ArrayLit list
        && list.head().isEmpty()
        && list.elements().stream().noneMatch(e -> isComputed(e, k))
        && !ArrayConstants.agree(list, a.diagnostics)) {
      return Entity.BAD;
    }
    int before = a.diagnostics.errorCount();
    k.computing = c.name().text();
    Tree.Expr e = type == null ? k.expressions.any(c.value()) : k.constant(c.value(), type);
    if (e.type().isError() || a.diagnostics.errorCount() > before) {
      return Entity.BAD;
    }
    if (e.type().equals(Types.TYPE) && type == null) {
      Optional<Constant> t = Folding.constant(e);
      if (t.isPresent() && t.get() instanceof Constant.TypeValue v) {
        return new Entity.TypeName(v.type());
      }
    }
    Optional<Constant> folded = Folding.constant(e);
    if (folded.isPresent()) {
      return made(c, e.type(), folded.get());
    }
    if (c.value() instanceof Ast.AggregateLit) {
      return new Entity.Macro(c.name().text(), c.value(), type, scope);
    }
    a.diagnostics.error(
        c.value().span(),
        "the constant `"
            + c.name().text()
            + "` needs a value known at compile time; `#run` evaluates an expression while compiling");
    return Entity.BAD;
  }

  /** Calls and variables are no constants at all, which is reported for the whole literal. */
  private static boolean isComputed(Ast.Expr e, Checker k) {
    return e instanceof Ast.Call
        || (e instanceof Ast.NameExpr n
            && k.names.find(n.name(), Names.Use.VALUE) instanceof Entity.Global);
  }

  private Entity made(Ast.ConstDecl c, Type type, Constant value) {
    Optional<GlobalVar> storage = Optional.empty();
    if (!a.layout.isScalar(type) && !type.equals(Types.STRING) && !type.equals(Types.VOID)) {
      GlobalVar g = new GlobalVar(c.name().text(), type, false, c.name().span(), Optional.empty());
      g.initial(value);
      storage = Optional.of(g);
    }
    return new Entity.Const(c.name().text(), type, value, storage);
  }

  private Entity global(Ast.VarDecl v, Scope scope) {
    Checker k = Checker.of(a, scope, FunctionState.none());
    k.statement = v.span();
    Type type = v.type().map(k.types::resolve).orElse(null);
    if (type != null && type.isError()) {
      return Entity.BAD;
    }
    Optional<String> symbol = v.linkage().map(l -> l.symbolOf(v.name()));
    if (v.init().isEmpty() && type != null) {
      GlobalVar g = new GlobalVar(v.name().text(), type, true, v.name().span(), symbol);
      if (symbol.isEmpty()) {
        Folding.constant(k.literals.defaultValue(type, v.span())).ifPresent(g::initial);
      }
      return new Entity.Global(g);
    }
    return initialised(v, type, k);
  }

  private Entity initialised(Ast.VarDecl v, @Nullable Type type, Checker k) {
    Ast.Expr init = v.init().orElseThrow();
    if (init instanceof Ast.Undefined && type != null) {
      return new Entity.Global(
          new GlobalVar(v.name().text(), type, true, v.name().span(), Optional.empty()));
    }
    int before = a.diagnostics.errorCount();
    Tree.Expr e = type == null ? k.expressions.any(init) : k.value(init, type);
    if (e.type().isError() || a.diagnostics.errorCount() > before) {
      return Entity.BAD;
    }
    if (e.type() instanceof Type.Void) {
      a.diagnostics.error(init.span(), "this has no value that a variable could have");
      return Entity.BAD;
    }
    GlobalVar g = new GlobalVar(v.name().text(), e.type(), true, v.name().span(), Optional.empty());
    Optional<Constant> folded = Folding.constant(e);
    if (folded.isEmpty() || !GlobalInitialisers.allows(init, k.names)) {
      a.diagnostics.error(
          init.span(),
          "the global `"
              + v.name().text()
              + "` needs a value known at compile time; `#run` evaluates an expression while"
              + " compiling");
      return Entity.BAD;
    }
    g.initial(folded.get());
    return new Entity.Global(g);
  }
}
