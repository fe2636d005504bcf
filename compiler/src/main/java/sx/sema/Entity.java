package sx.sema;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sx.module.Module;
import sx.module.Namespace;
import sx.sema.tree.Constant;
import sx.sema.tree.GlobalVar;
import sx.sema.tree.Local;
import sx.source.Span;
import sx.syntax.Ast;
import sx.type.Type;

/** What a name denotes. */
sealed interface Entity {
  /** Why a local cannot be assigned, or that it can. */
  enum Binding {
    VARIABLE,
    CONSTANT,
    LOOP_CAPTURE,
    RANGE_CAPTURE,
    MATCH_CAPTURE,
    ERROR_CAPTURE,
    REFERENCE_CAPTURE
  }

  /** A local; a reference capture has pointer type and stands for what it points to. */
  record Variable(Local local, Binding binding, FunctionState owner) implements Entity {}

  record Global(GlobalVar variable) implements Entity {}

  /**
   * A compile-time value; an aggregate one has storage.
   *
   * @param owner the function whose body declares it, if one does
   */
  record Const(
      String name,
      Type type,
      Constant value,
      Optional<GlobalVar> storage,
      Optional<FunctionState> owner)
      implements Entity {
    Const(String name, Type type, Constant value, Optional<GlobalVar> storage) {
      this(name, type, value, storage, Optional.empty());
    }
  }

  /**
   * A compile-time parameter of tagged-union type whose variant is fixed, while its payload comes
   * with each call (gen.val.8). In the body of the instance a parameter of its name hides it.
   */
  record Choice(Type.Enum type, int variant) implements Entity {}

  /** A struct constant that is evaluated anew at each use (decl.sconst.3). */
  record Macro(String name, Ast.Expr value, @Nullable Type type, Scope scope) implements Entity {}

  record TypeName(Type type) implements Entity {}

  /** A parameterised protocol (proto.par.1). */
  record ProtocolFamily(String name, Ast.ProtocolType ast, Scope scope) implements Entity {}

  /** A function; {@code dotCallable} tells whether it serves dot-calls (ufcs.decl.1). */
  record Fn(FunctionDecl decl, boolean dotCallable) implements Entity {
    Fn(FunctionDecl decl) {
      this(decl, decl.ast.isUfcs());
    }
  }

  /** A generic struct; {@code current} is the instance in whose body the name stands. */
  record Template(StructTemplate template, Optional<Type> current) implements Entity {}

  record Space(Namespace namespace) implements Entity {}

  record Intrinsic(String name) implements Entity {}

  /** {@code context} (ctx.val.1). */
  record CurrentContext() implements Entity {}

  /**
   * The elements of a pack, in order.
   *
   * @param constraint the protocol through which they are seen (pack.form.4)
   * @param owner the function that has them as parameters
   */
  record Pack(String name, List<Local> elements, Optional<Entity> constraint, FunctionState owner)
      implements Entity {}

  /** One element of a pack, as a capture of an {@code inline for} (pack.for.1). */
  record Element(Pack pack, int index) implements Entity {}

  /** A list of types that a closure pattern or the header of a struct bound (pack.clos.1). */
  record TypeList(List<Type> types) implements Entity {}

  /** A declaration in which an error was reported. */
  record Bad() implements Entity {}

  /** A kind of declaration that later stages do not handle yet. */
  record Unsupported(String what, Span span) implements Entity {}

  Entity BAD = new Bad();

  /** For which type a protocol's default method is compiled (proto.dflt.1). */
  record DefaultOf(Type.Protocol protocol, Type self) {}

  /** A function as declared; {@code scope} is where its names resolve. */
  final class FunctionDecl {
    final String name;
    final Ast.Name nameNode;
    final Ast.Function ast;
    final Scope scope;
    final Module module;

    /** The struct in whose body it stands. */
    final @Nullable StructInfo owner;

    /** The names that the head of a generic block bound. */
    private final java.util.Set<String> bound;

    /** Set for a default method of a protocol. */
    final Optional<DefaultOf> defaultOf;

    FunctionDecl(
        Ast.Name nameNode,
        Ast.Function ast,
        Scope scope,
        Module module,
        @Nullable StructInfo owner) {
      this(nameNode, ast, scope, module, owner, Optional.empty());
    }

    FunctionDecl(
        Ast.Name nameNode,
        Ast.Function ast,
        Scope scope,
        Module module,
        @Nullable StructInfo owner,
        Optional<DefaultOf> defaultOf) {
      this(nameNode, ast, scope, module, owner, defaultOf, java.util.Set.of());
    }

    /** A method of a generic block, whose head bound names already (proto.par.4). */
    static FunctionDecl withBound(
        Ast.Name nameNode,
        Ast.Function ast,
        Scope scope,
        Module module,
        java.util.Set<String> bound) {
      return new FunctionDecl(nameNode, ast, scope, module, null, Optional.empty(), bound);
    }

    private FunctionDecl(
        Ast.Name nameNode,
        Ast.Function ast,
        Scope scope,
        Module module,
        @Nullable StructInfo owner,
        Optional<DefaultOf> defaultOf,
        java.util.Set<String> bound) {
      this.name = nameNode.text();
      this.nameNode = nameNode;
      this.ast = ast;
      this.scope = scope;
      this.module = module;
      this.owner = owner;
      this.defaultOf = defaultOf;
      this.bound = bound;
    }

    /** Whether it has compile-time parameters or type parameters, and so many instances. */
    boolean isGeneric() {
      return !typeParams().isEmpty()
          || !typeLists().isEmpty()
          || ast.params().stream().anyMatch(p -> p.compileTime() || isPack(p));
    }

    /** The names that closure patterns bind to lists of types, a pack's own left out. */
    List<String> typeLists() {
      java.util.Set<String> names = new java.util.LinkedHashSet<>();
      for (Ast.Param p : ast.params()) {
        if (!isPack(p)) {
          p.type().ifPresent(t -> names.addAll(Generics.lists(t)));
        }
      }
      ast.params().stream()
          .filter(FunctionDecl::isPack)
          .forEach(p -> names.remove(p.name().text()));
      names.removeIf(n -> scope.find(n) instanceof TypeList);
      return List.copyOf(names);
    }

    /** The pack among the parameters, which is the last of them. */
    Optional<Ast.Param> pack() {
      return ast.params().isEmpty() || !isPack(ast.params().getLast())
          ? Optional.empty()
          : Optional.of(ast.params().getLast());
    }

    /**
     * The type parameters in the order of their introduction. A {@code $T} in a method that the
     * header of its struct introduces already is none of the method's own (gen.param.9).
     */
    List<String> typeParams() {
      java.util.Set<String> names = new java.util.LinkedHashSet<>();
      for (Ast.Param p : ast.params()) {
        if (takesType(p)) {
          names.add(p.name().text());
        } else if (!isPack(p)) {
          p.type().ifPresent(t -> Generics.introduced(t).forEach(i -> names.add(i.name().text())));
        }
      }
      if (owner != null) {
        names.removeAll(owner.header);
      }
      names.removeAll(bound);
      return List.copyOf(names);
    }

    /** Whether the argument of a parameter is a type (gen.param.3, gen.con.2). */
    boolean takesType(Ast.Param p) {
      return p.compileTime() && !p.variadic() && Constraints.takesType(p.type(), scope);
    }

    static boolean isPack(Ast.Param p) {
      return p.variadic()
          && (p.compileTime() || !p.type().filter(t -> t instanceof Ast.SliceType).isPresent());
    }

    /** Whether it is {@code abi(.naked)}, or {@code .pure}, which means the same (asm.naked.1). */
    boolean isNaked() {
      return ast.abi().filter(n -> n.text().equals("naked") || n.text().equals("pure")).isPresent();
    }

    boolean isExtern() {
      return ast.form() == Ast.BodyForm.EXTERN;
    }

    /** The C symbol that it stands for, if it is declared only. */
    Optional<String> externSymbol() {
      return isExtern() ? ast.linkage().map(l -> l.symbolOf(nameNode)) : Optional.empty();
    }
  }
}
