package sx.sema;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import sx.module.Declaration;
import sx.module.Lookup;
import sx.module.Namespace;
import sx.source.Diagnostic;
import sx.source.Span;
import sx.syntax.Ast;
import sx.type.Type;
import sx.type.Types;

/** Finds what a name denotes at the place where it stands (expr.name, mod.vis). */
final class Names {
  /** What kinds of declaration can serve (mod.vis.5). */
  enum Use {
    VALUE,
    TYPE,
    /** The head of {@code Name(args)} as a type. */
    HEAD,
    /** A protocol, as the head of an {@code impl} block or a constraint names it (proto.decl.4). */
    PROTOCOL,
    CALL
  }

  private final Checker c;

  Names(Checker c) {
    this.c = c;
  }

  /** The entity of a name; an unknown one is reported and gives {@link Entity#BAD}. */
  Entity entity(Ast.Name name, Use use) {
    Entity found = find(name, use);
    if (found == null) {
      unknown(name, use);
      return Entity.BAD;
    }
    return supported(found, name.span());
  }

  private Entity supported(Entity e, Span at) {
    if (e instanceof Entity.Unsupported u) {
      c.error(at, u.what() + " are not supported yet");
      return Entity.BAD;
    }
    return e;
  }

  /** The entity of a name, or null when there is none. Ambiguity is reported at the name. */
  @Nullable Entity find(Ast.Name name, Use use) {
    return find(name, use, name.span());
  }

  /** The same with another place for the report of an ambiguity (mod.ambig.1). */
  @Nullable Entity find(Ast.Name name, Use use, Span at) {
    String text = name.text();
    boolean reserved = !name.raw() && BuiltinTypes.isReserved(text);
    if (reserved && (use == Use.TYPE || use == Use.PROTOCOL)) {
      return new Entity.TypeName(BuiltinTypes.of(text));
    }
    Entity local = c.scope.find(text, e -> use != Use.CALL || !isOtherThanCallable(e));
    if (local != null) {
      return valueOf(local, reserved, text);
    }
    Entity elsewhere = outside(name, use, at);
    if (elsewhere != null) {
      return elsewhere;
    }
    Entity other = c.scope.find(text);
    return other != null ? other : c.analysis.constructions.named(text, c.function);
  }

  /** Whether a variable is in no way of a function of its name (clos.call.7). */
  private static boolean isOtherThanCallable(Entity e) {
    if (!(e instanceof Entity.Variable v)) {
      return false;
    }
    Type type = v.local().type();
    while (type instanceof Type.Optional o) {
      type = o.payload();
    }
    return !(type instanceof Type.Function || type instanceof Type.Closure || type.isError());
  }

  /** The entity of a name in the module, its imports or the language. */
  private @Nullable Entity outside(Ast.Name name, Use use, Span at) {
    String text = name.text();
    boolean reserved = !name.raw() && BuiltinTypes.isReserved(text);
    Lookup.Found found = Lookup.find(c.scope.module(), text, serves(use));
    switch (found) {
      case Lookup.One o -> {
        return valueOf(c.analysis.entity(o.declaration()), reserved, text);
      }
      case Lookup.Ambiguous a -> {
        return unambiguous(name.text(), a.declarations(), at);
      }
      case Lookup.None n -> {}
    }
    if (reserved) {
      return new Entity.TypeName(BuiltinTypes.of(text));
    }
    if (text.equals("context") && use != Use.TYPE && use != Use.PROTOCOL) {
      return new Entity.CurrentContext();
    }
    return name.raw() ? null : builtin(text);
  }

  /** A bare reserved spelling means a value of that name, never a type (lex.reserved.9). */
  private static Entity valueOf(Entity found, boolean reserved, String text) {
    return reserved && found instanceof Entity.TypeName
        ? new Entity.TypeName(BuiltinTypes.of(text))
        : found;
  }

  private @Nullable Entity builtin(String text) {
    if (text.equals("Type")) {
      return new Entity.TypeName(Types.TYPE);
    }
    if (text.equals("noreturn")) {
      return new Entity.TypeName(Types.NO_RETURN);
    }
    if (Intrinsics.isKnown(text)) {
      return new Entity.Intrinsic(text);
    }
    return c.analysis.structs.targetConstant(text);
  }

  private Entity unambiguous(String name, List<Declaration> all, Span at) {
    Declaration first = all.getFirst();
    if (all.stream().allMatch(d -> c.analysis.same(first, d))) {
      return c.analysis.entity(first);
    }
    Diagnostic d =
        Diagnostic.error(
            at,
            "`"
                + name
                + "` is declared by several imported modules; qualify it with a named import");
    for (Declaration decl : all) {
      d = d.with(Diagnostic.note(decl.nameSpan(), "one is declared here"));
    }
    c.analysis.diagnostics.report(d);
    return Entity.BAD;
  }

  private static Predicate<Declaration> serves(Use use) {
    return d ->
        switch (use) {
          case VALUE -> true;
          case TYPE ->
              !isPlainFunction(d) && !isPlainConstant(d) && !(d.decl() instanceof Ast.VarDecl);
          case HEAD -> isHead(d);
          case PROTOCOL -> ProtocolNames.isProtocol(d);
          case CALL ->
              !isPlainConstant(d)
                  && !(d.decl() instanceof Ast.ConstDecl k
                      && (k.value() instanceof Ast.EnumType
                          || k.value() instanceof Ast.UnionType
                          || k.value() instanceof Ast.ErrorSetType
                          || (k.value() instanceof Ast.StructType s && s.params().isEmpty())));
        };
  }

  /** A constant whose form shows that it is neither a type nor callable. */
  private static boolean isPlainConstant(Declaration d) {
    return d.decl() instanceof Ast.ConstDecl k
        && switch (k.value()) {
          case Ast.IntLit x -> true;
          case Ast.CharLit x -> true;
          case Ast.FloatLit x -> true;
          case Ast.StringLit x -> true;
          case Ast.BoolLit x -> true;
          case Ast.NullLit x -> true;
          case Ast.EnumLit x -> true;
          case Ast.AggregateLit x -> true;
          case Ast.ArrayLit x -> true;
          case Ast.Binary x -> true;
          default -> false;
        };
  }

  /** Generic structs and type functions, and names that may be aliases of them. */
  private static boolean isHead(Declaration d) {
    return d.decl() instanceof Ast.ConstDecl k
        && switch (k.value()) {
          case Ast.StructType s -> s.hasParams();
          case Ast.ProtocolType p -> !p.params().isEmpty();
          case Ast.Function f -> !f.isLambda() && isGeneric(f);
          case Ast.NameExpr n -> true;
          case Ast.Member m -> true;
          case Ast.UfcsAlias u -> true;
          default -> false;
        };
  }

  private static boolean isGeneric(Ast.Function f) {
    return f.params().stream()
        .anyMatch(p -> p.compileTime() || p.type().filter(Generics::introduces).isPresent());
  }

  private static boolean isPlainFunction(Declaration d) {
    return d.decl() instanceof Ast.ConstDecl k
        && k.value() instanceof Ast.Function f
        && !f.isLambda()
        && f.params().stream().noneMatch(Ast.Param::compileTime);
  }

  private void unknown(Ast.Name name, Use use) {
    String kind =
        use == Use.TYPE || use == Use.PROTOCOL ? "type" : use == Use.CALL ? "function" : "name";
    if (name.text().equals("_") && kind.equals("name")) {
      c.error(name.span(), "`_` keeps nothing that could be read");
      return;
    }
    Lookup.Found found = Lookup.find(c.scope.module(), name.text(), serves(use));
    String more = "";
    if (found instanceof Lookup.None n) {
      if (n.declaredInHiddenModule().isPresent()) {
        more =
            "; `"
                + n.declaredInHiddenModule().get()
                + "` declares it, and this file would have to import that";
      } else if (n.privateElsewhere()) {
        c.error(name.span(), "`" + name.text() + "` is private to the module that declares it");
        return;
      } else {
        Optional<String> close = c.analysis.suggestion(c.scope.module(), name.text());
        more = close.map(s -> "; did you mean `" + s + "`?").orElse("");
      }
    }
    c.error(name.span(), "unknown " + kind + " `" + name.text() + "`" + more);
  }

  /**
   * The entity of {@code a} or {@code ns.a.b} if the expression is such a path, through namespaces
   * only; null if it is anything else. Errors on the way are reported.
   */
  @Nullable Entity path(Ast.Expr e, Use use) {
    return switch (e) {
      case Ast.NameExpr n -> find(n.name(), use);
      case Ast.Group g -> path(g.inner(), use);
      case Ast.Member m when !m.chained() ->
          path(m.base(), Use.VALUE) instanceof Entity.Space s ? member(s.namespace(), m) : null;
      default -> null;
    };
  }

  private Entity member(Namespace ns, Ast.Member m) {
    Optional<Declaration> d = ns.member(m.name().text());
    Entity primitive = d.isEmpty() && ns.isPrelude() ? builtin(m.name().text()) : null;
    if (primitive != null) {
      return primitive;
    }
    if (d.isEmpty()) {
      c.error(
          m.span(),
          "the module `"
              + m.base().span().text()
              + "` has no public member `"
              + m.name().text()
              + "`");
      return Entity.BAD;
    }
    return supported(c.analysis.entity(d.get()), m.name().span());
  }

  /**
   * Whether a member of a namespace stands for what the language has of that name: the prelude
   * takes such names along (std.facade.8).
   */
  boolean isPrimitiveOfPrelude(Ast.Member m) {
    return !m.chained()
        && m.base() instanceof Ast.NameExpr n
        && find(n.name(), Use.VALUE) instanceof Entity.Space s
        && s.namespace().isPrelude()
        && s.namespace().member(m.name().text()).isEmpty();
  }

  /** What the right side of {@code name :: e} is another name of (decl.const.5), or null. */
  @Nullable Entity alias(Ast.Expr e) {
    if (e instanceof Ast.NameExpr n) {
      Entity found = entity(n.name(), Use.VALUE);
      return isAliasable(found) ? found : null;
    }
    if (e instanceof Ast.Member m) {
      Entity found = path(e, Use.VALUE);
      return found == null ? functionOfStruct(m) : isAliasable(found) ? found : null;
    }
    Type type = c.types.typeSyntax(e);
    return type == null ? null : type.isError() ? Entity.BAD : new Entity.TypeName(type);
  }

  /** What {@code S.f} denotes if it is a function (decl.alias.4). */
  private @Nullable Entity functionOfStruct(Ast.Member m) {
    return !m.chained()
            && path(m.base(), Use.VALUE) instanceof Entity.TypeName t
            && t.type() instanceof Type.Struct s
            && c.members.structMember(c.analysis.structs.info(s), m.name().text())
                instanceof Entity.Fn f
        ? f
        : null;
  }

  private static boolean isAliasable(Entity e) {
    return !(e instanceof Entity.Variable || e instanceof Entity.Global);
  }
}
