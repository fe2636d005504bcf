package sx.sema;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sx.module.Declaration;
import sx.module.Lookup;
import sx.source.Span;
import sx.syntax.Ast;
import sx.type.Type;

/** The protocols that the arguments of type parameters must implement (gen.con). */
final class Constraints {
  private final Checker c;

  /**
   * @param c resolves names where the constraints are written
   */
  Constraints(Checker c) {
    this.c = c;
  }

  /** Whether the type of a {@code $} parameter is `Type` or a protocol (gen.con.2). */
  static boolean takesType(Optional<Ast.Expr> type, Scope scope) {
    return Generics.isType(type)
        || (type.isPresent()
            && type.get() instanceof Ast.NameExpr n
            && namesProtocol(n.name().text(), scope));
  }

  private static boolean namesProtocol(String name, Scope scope) {
    Entity local = scope.find(name);
    if (local != null) {
      return local instanceof Entity.TypeName t && t.type() instanceof Type.Protocol;
    }
    Declaration own = scope.module().declarations().get(name);
    return own != null
        ? ProtocolNames.isPlainProtocol(own)
        : Lookup.find(scope.module(), name, ProtocolNames::isPlainProtocol) instanceof Lookup.One o
            && ProtocolNames.isPlainProtocol(o.declaration());
  }

  /** The protocols that a parameter of a function names for a type parameter. */
  static List<Ast.Name> of(Entity.FunctionDecl f, String typeParam) {
    List<Ast.Name> out = new ArrayList<>();
    for (Ast.Param p : f.ast.params()) {
      if (f.takesType(p)) {
        if (p.name().text().equals(typeParam)) {
          named(p.type().orElseThrow(), out);
          out.addAll(p.constraints());
        }
      } else if (p.type().isPresent()) {
        for (Ast.TypeIntro t : Generics.introduced(p.type().get())) {
          if (t.name().text().equals(typeParam)) {
            out.addAll(t.constraints());
            out.addAll(p.constraints());
          }
        }
      }
    }
    return out;
  }

  /** The protocols that a header parameter names. */
  static List<Ast.Name> of(Ast.TypeParam p) {
    List<Ast.Name> out = new ArrayList<>();
    named(p.type(), out);
    out.addAll(p.constraints());
    return out;
  }

  private static void named(Ast.Expr type, List<Ast.Name> out) {
    if (!Generics.isType(Optional.of(type)) && type instanceof Ast.NameExpr n) {
      out.add(n.name());
    }
  }

  /** Whether a type implements the protocols; the first that it lacks is reported (gen.con.5). */
  boolean met(List<Ast.Name> protocols, Type type, Span at) {
    for (Ast.Name n : protocols) {
      Entity e = c.names.entity(n, Names.Use.PROTOCOL);
      if (e instanceof Entity.Bad) {
        return false;
      }
      if (!(e instanceof Entity.TypeName t && t.type() instanceof Type.Protocol p)) {
        c.error(n.span(), "`" + n.text() + "` is not a protocol and cannot be a constraint");
        return false;
      }
      if (!type.equals(p)
          && c.analysis.conformances.conformance(p, type)
              instanceof Conformances.Conformance.Fails f) {
        f.report(c, at);
        return false;
      }
    }
    return true;
  }
}
