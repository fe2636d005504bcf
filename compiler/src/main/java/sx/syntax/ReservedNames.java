package sx.syntax;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import sx.source.Diagnostics;

/**
 * Refuses declared names that are spelled like a builtin type (lex.reserved.3): one error for each,
 * at the name, in the order of the source (lex.reserved.4). Fields, variants and the methods of a
 * protocol are exempt (lex.reserved.6), and so is every raw name.
 */
public final class ReservedNames {
  private final List<Ast.Name> found = new ArrayList<>();

  private ReservedNames() {}

  /** Reports the reserved names that a module declares, in bodies too. */
  public static void check(Ast.Module module, Diagnostics diagnostics) {
    check(module.items(), diagnostics);
  }

  /** Reports the reserved names that the statements of an {@code #insert} declare. */
  public static void check(List<Ast.Stmt> statements, Diagnostics diagnostics) {
    ReservedNames names = new ReservedNames();
    Children.walk(statements, names::inspect);
    names.found.sort(Comparator.comparingInt(n -> n.span().start()));
    for (Ast.Name name : names.found) {
      String text = name.text();
      diagnostics.error(
          name.span(),
          "`%s` is reserved for a type; to use it as a name write `` `%s ``".formatted(text, text));
    }
  }

  /** Whether a bare spelling always denotes a builtin type (lex.reserved.1). */
  public static boolean isReserved(String name) {
    return switch (name) {
      case "bool", "string", "cstring", "void", "usize", "isize", "any", "f32", "f64" -> true;
      default -> isIntegerType(name);
    };
  }

  private static boolean isIntegerType(String name) {
    int length = name.length();
    if (length < 2 || length > 3 || (name.charAt(0) != 'i' && name.charAt(0) != 'u')) {
      return false;
    }
    int width = 0;
    for (int i = 1; i < length; i++) {
      char c = name.charAt(i);
      if (c < '0' || c > '9' || (i == 1 && c == '0')) {
        return false;
      }
      width = width * 10 + c - '0';
    }
    return width <= 64;
  }

  // ---------------------------------------------------------------------------- the places

  private void inspect(Ast node) {
    switch (node) {
      case Ast.ConstDecl d -> name(d.name());
      case Ast.VarDecl d -> name(d.name());
      case Ast.StructConst c -> name(c.name());
      case Ast.Destructure d -> d.names().forEach(this::name);
      case Ast.Function f -> f.params().forEach(p -> name(p.name()));
      case Ast.ProtocolType t -> t.methods().forEach(this::protocolMethod);
      case Ast.If i -> binding(i.binding());
      case Ast.While w -> binding(w.binding());
      case Ast.For f -> f.captures().forEach(c -> name(c.name()));
      case Ast.Match m -> m.arms().forEach(a -> binding(a.capture()));
      case Ast.Catch c -> binding(c.binding());
      case Ast.OnFail o -> binding(o.binding());
      default -> {}
    }
  }

  private void protocolMethod(Ast.ProtocolMethod m) {
    if (m.body().isPresent()) {
      m.params().forEach(p -> name(p.name()));
    }
  }

  private void binding(Optional<Ast.Name> name) {
    name.ifPresent(this::name);
  }

  /** The keywords among the reserved names can stand here only where they are members. */
  private void name(Ast.Name name) {
    boolean keyword = name.text().equals("f32") || name.text().equals("f64");
    if (!name.raw() && !keyword && isReserved(name.text())) {
      found.add(name);
    }
  }
}
