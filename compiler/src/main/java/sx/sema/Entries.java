package sx.sema;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sx.sema.tree.Tree;
import sx.source.Span;
import sx.syntax.Ast;
import sx.type.Type;

/** The entries of a literal in braces, with spreads taken apart (types.anon.6, pack.mat.1). */
final class Entries {
  private final Checker c;

  Entries(Checker c) {
    this.c = c;
  }

  /** One value; what a spread gives is positional. */
  record Entry(Optional<Ast.Name> name, Ast.EntryForm form, Argument value) {
    Span span() {
      return value.span();
    }

    boolean isNamed() {
      return form == Ast.EntryForm.NAMED || form == Ast.EntryForm.SHORTHAND;
    }

    String text() {
      return name.map(Ast.Name::text).orElse("");
    }
  }

  /** The entries in order, or null after an error. */
  @Nullable List<Entry> of(Ast.AggregateLit a) {
    List<Entry> entries = new ArrayList<>();
    for (Ast.FieldInit e : a.entries()) {
      if (e.form() != Ast.EntryForm.SPREAD) {
        entries.add(new Entry(e.name(), e.form(), new Argument.Written(e.value())));
        continue;
      }
      List<Tree.Expr> parts = spread(e);
      if (parts == null) {
        return null;
      }
      for (Tree.Expr p : parts) {
        Argument value = new Argument.Checked(p, e.span());
        entries.add(new Entry(Optional.empty(), Ast.EntryForm.POSITIONAL, value));
      }
    }
    return entries;
  }

  private @Nullable List<Tree.Expr> spread(Ast.FieldInit e) {
    Ast.Expr operand = e.value() instanceof Ast.Spread s ? s.operand() : e.value();
    if (c.names.path(operand, Names.Use.VALUE) instanceof Entity.Pack p) {
      return new Packs(c).elements(p, operand.span());
    }
    Tree.Expr v = c.expressions.any(operand);
    if (v.type().isError()) {
      return null;
    }
    List<Tree.Expr> parts = c.arguments.parts(v, e.span());
    if (parts == null) {
      c.error(e.span(), "`" + c.name(v.type()) + "` cannot be spread into a literal");
    }
    return parts;
  }

  /** A value as the initialiser of a part of that type. */
  Tree.Expr initialiser(Argument value, Type type) {
    return value instanceof Argument.Written w
        ? c.initialiser(w.expr(), type)
        : c.conversions.convert(c.calls.checked(value, type), type, value.span());
  }
}
