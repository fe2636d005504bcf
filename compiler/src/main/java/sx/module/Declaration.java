package sx.module;

import java.util.Optional;
import sx.source.Span;
import sx.syntax.Ast;

/** A name declared at the module scope of its author. Compared by identity (mod.ident). */
public final class Declaration {
  private final Module author;
  private final Ast.Name name;
  private final boolean isPrivate;
  private final Ast.Stmt decl;
  private final Optional<Namespace> namespace;

  private Declaration(
      Module author,
      Ast.Name name,
      boolean isPrivate,
      Ast.Stmt decl,
      Optional<Namespace> namespace) {
    this.author = author;
    this.name = name;
    this.isPrivate = isPrivate;
    this.decl = decl;
    this.namespace = namespace;
  }

  /** The declaration that an item makes; empty for items that declare no name. */
  static Optional<Declaration> of(Module author, Ast.Stmt item, Optional<Namespace> namespace) {
    return switch (item) {
      case Ast.ConstDecl c ->
          Optional.of(new Declaration(author, c.name(), c.isPrivate(), c, namespace));
      case Ast.VarDecl v ->
          Optional.of(new Declaration(author, v.name(), v.isPrivate(), v, namespace));
      default -> Optional.empty();
    };
  }

  /** The file that contains the declaration. */
  public Module author() {
    return author;
  }

  public String name() {
    return name.text();
  }

  public Span nameSpan() {
    return name.span();
  }

  /** Whether the name is restricted to its file (mod.priv.1). */
  public boolean isPrivate() {
    return isPrivate;
  }

  /** A {@link Ast.ConstDecl} or {@link Ast.VarDecl}. */
  public Ast.Stmt decl() {
    return decl;
  }

  /** What the name stands for if it is declared by a named import (mod.import.2). */
  public Optional<Namespace> namespace() {
    return namespace;
  }

  /** Whether this is a named import, of sx modules or of C (mod.carry.6). */
  public boolean isNamespaceAlias() {
    return decl instanceof Ast.ConstDecl c
        && (c.value() instanceof Ast.ImportExpr || c.value() instanceof Ast.CImport);
  }

  /** Whether both names stand for one thing as far as imports tell (mod.ambig.5, mod.carry.5). */
  boolean isSame(Declaration other) {
    return this == other || (namespace.isPresent() && namespace.equals(other.namespace));
  }

  @Override
  public String toString() {
    return name.text() + " of " + author.file().name();
  }
}
