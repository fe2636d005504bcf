package sx.sema;

import java.util.Optional;
import sx.module.Declaration;
import sx.module.Lookup;
import sx.module.Module;
import sx.syntax.Ast;

/**
 * Which declarations are protocols, told from what is written alone (proto.decl.3, proto.decl.4).
 */
final class ProtocolNames {
  private static final int LONGEST_ALIAS_CHAIN = 64;

  private ProtocolNames() {}

  /** Whether a declaration is a protocol or another name of one. */
  static boolean isProtocol(Declaration d) {
    return find(d).isPresent();
  }

  /** Whether a declaration is a protocol without parameters, or another name of one. */
  static boolean isPlainProtocol(Declaration d) {
    return find(d).filter(p -> p.params().isEmpty()).isPresent();
  }

  private static Optional<Ast.ProtocolType> find(Declaration declaration) {
    Optional<Declaration> link = Optional.of(declaration);
    for (int i = 0; i < LONGEST_ALIAS_CHAIN && link.isPresent(); i++) {
      if (!(link.get().decl() instanceof Ast.ConstDecl d)) {
        return Optional.empty();
      }
      if (d.value() instanceof Ast.ProtocolType p) {
        return Optional.of(p);
      }
      link = next(d.value(), link.get());
    }
    return Optional.empty();
  }

  /** What the right side of an alias names, in the file of the alias. */
  private static Optional<Declaration> next(Ast.Expr value, Declaration alias) {
    Module in = alias.author();
    return switch (value) {
      case Ast.NameExpr n ->
          Lookup.find(in, n.name().text(), d -> d.decl() instanceof Ast.ConstDecl && d != alias)
                  instanceof Lookup.One o
              ? Optional.of(o.declaration())
              : Optional.empty();
      case Ast.Member m when m.base() instanceof Ast.NameExpr n ->
          Optional.ofNullable(in.declarations().get(n.name().text()))
              .flatMap(Declaration::namespace)
              .flatMap(s -> s.member(m.name().text()));
      default -> Optional.empty();
    };
  }
}
