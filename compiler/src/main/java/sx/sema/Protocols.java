package sx.sema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sx.source.Span;
import sx.syntax.Ast;
import sx.syntax.Children;
import sx.type.Type;

/** Declares protocols (07-protocols.md sections 2, 4 and 5). */
final class Protocols {
  private final Analysis a;
  private final Map<Type.Protocol, ProtocolInfo> infos = new HashMap<>();
  private final Map<List<Object>, Type.Protocol> applied = new HashMap<>();
  private final Map<Type.Protocol, Application> applications = new HashMap<>();

  /** A family and the arguments that made one protocol of it. */
  record Application(Entity.ProtocolFamily family, List<Type> arguments) {}

  Protocols(Analysis a) {
    this.a = a;
  }

  ProtocolInfo info(Type.Protocol type) {
    ProtocolInfo found = infos.get(type);
    if (found == null) {
      throw new IllegalStateException("a protocol without declaration: " + type);
    }
    return found;
  }

  /** What a protocol was made of; empty for one without parameters. */
  Optional<Application> application(Type.Protocol type) {
    return Optional.ofNullable(applications.get(type));
  }

  /** A protocol without parameters, or the family that parameters make one of. */
  Entity declare(Ast.ConstDecl c, Ast.ProtocolType ast, Scope scope) {
    if (!ast.params().isEmpty()) {
      return new Entity.ProtocolFamily(c.name().text(), ast, scope);
    }
    return new Entity.TypeName(make(c.name().text(), ast, scope));
  }

  /**
   * One protocol of a family (proto.par.1), named like every instance (gen.name.1); equal arguments
   * give the same.
   */
  Type apply(Entity.ProtocolFamily family, List<Type> arguments) {
    List<Object> key = new ArrayList<>(arguments);
    key.add(family);
    Type.Protocol known = applied.get(key);
    if (known != null) {
      return known;
    }
    Scope scope = family.scope().inner();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      scope.declare(
          family.ast().params().get(i).name().text(), new Entity.TypeName(arguments.get(i)));
      names.add(a.typeNames.of(arguments.get(i)));
    }
    String name = family.name() + "__" + String.join("__", names);
    Type.Protocol made = a.types.declareProtocol(name);
    applied.put(key, made);
    applications.put(made, new Application(family, List.copyOf(arguments)));
    define(made, name, family.ast(), scope);
    return made;
  }

  private Type.Protocol make(String name, Ast.ProtocolType ast, Scope scope) {
    Type.Protocol type = a.types.declareProtocol(name);
    define(type, name, ast, scope);
    return type;
  }

  private void define(Type.Protocol type, String name, Ast.ProtocolType ast, Scope scope) {
    List<ProtocolInfo.Method> methods = new ArrayList<>();
    int slot = 0;
    for (Ast.ProtocolMethod m : ast.methods()) {
      boolean dispatchable = selfParameter(m) == null && !returnsSelf(m);
      methods.add(new ProtocolInfo.Method(m, function(m), dispatchable ? slot++ : -1));
    }
    ProtocolInfo info =
        new ProtocolInfo(
            name,
            type,
            scope,
            ast.directives().contains("inline"),
            ast.directives().contains("identity"),
            methods);
    infos.put(type, info);
    a.types.define(type, info.inline(), slot);
  }

  /** The parameter that mentions {@code Self}, or null (proto.self.2). */
  static Ast.@Nullable Name selfParameter(Ast.ProtocolMethod m) {
    for (Ast.ProtocolParam p : m.params()) {
      if (mentionsSelf(p.type())) {
        return p.name();
      }
    }
    return null;
  }

  static boolean returnsSelf(Ast.ProtocolMethod m) {
    return m.returnType().filter(Protocols::mentionsSelf).isPresent();
  }

  private static boolean mentionsSelf(Ast node) {
    boolean[] found = {false};
    Children.walk(
        List.of(node),
        n -> found[0] |= n instanceof Ast.NameExpr e && e.name().text().equals("Self"));
    return found[0];
  }

  /** A protocol's method in the form of a function declaration. */
  private static Ast.Function function(Ast.ProtocolMethod m) {
    Span at = m.name().span();
    Ast.Expr self = new Ast.NameExpr(at, new Ast.Name("Self", false, at));
    List<Ast.Param> params = new ArrayList<>();
    params.add(
        parameter(
            new Ast.Name("self", false, at),
            m.pointerSelf() ? new Ast.Unary(at, Ast.UnaryOp.ADDRESS, self) : self));
    m.params().forEach(p -> params.add(parameter(p.name(), p.type())));
    return new Ast.Function(
        m.span(),
        false,
        false,
        false,
        params,
        m.returnType(),
        Ast.Accessor.NONE,
        Optional.empty(),
        Optional.empty(),
        Ast.BodyForm.BLOCK,
        m.body().map(b -> b));
  }

  private static Ast.Param parameter(Ast.Name name, Ast.Expr type) {
    return new Ast.Param(
        name.span(), false, false, name, Optional.of(type), List.of(), Optional.empty());
  }

  /** The scope of a method for one implementing type: {@code Self} is that type (proto.dflt.1). */
  static Scope scopeFor(ProtocolInfo p, Type self) {
    Scope scope = p.scope().inner();
    scope.declare("Self", new Entity.TypeName(self));
    return scope;
  }
}
