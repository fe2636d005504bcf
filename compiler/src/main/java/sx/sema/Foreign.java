package sx.sema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import sx.module.Declaration;
import sx.module.Module;
import sx.sema.tree.Instance;
import sx.source.Diagnostic;
import sx.source.Span;
import sx.syntax.Ast;
import sx.type.Type;

/**
 * What is checked of functions that C shares with the program, used or not (14-ffi.md). The program
 * declares a C function as the library modules that it imports do (std.c.4).
 */
final class Foreign {
  private final Analysis a;
  private final Set<String> libraries = new HashSet<>();
  private final Map<String, Found> externs = new HashMap<>();
  private final Map<String, Span> exports = new HashMap<>();

  /** A declaration of a C symbol. */
  private record Found(Module module, Ast.ConstDecl decl) {}

  Foreign(Analysis a) {
    this.a = a;
  }

  void check() {
    for (Module m : a.graph.modules()) {
      m.items().forEach(this::enterLibrary);
    }
    for (Module m : a.graph.modules()) {
      for (Ast.Stmt item : m.items()) {
        if (item instanceof Ast.ConstDecl d && m.file().isLibrary()) {
          ofLibrary(m, d);
        }
      }
    }
    for (Module m : a.graph.modules()) {
      for (Ast.Stmt item : m.items()) {
        if (item instanceof Ast.ConstDecl d && !m.file().isLibrary()) {
          declaration(m, d);
        }
      }
    }
  }

  private void ofLibrary(Module m, Ast.ConstDecl d) {
    if (d.value() instanceof Ast.Function f
        && f.linkage().filter(Ast.Linkage::isExtern).isPresent()) {
      externs.putIfAbsent(f.linkage().get().symbolOf(d.name()), new Found(m, d));
    }
  }

  /** Libraries and named C units, which declarations name behind {@code extern} (ffi.lib.3). */
  private void enterLibrary(Ast.Stmt item) {
    if (item instanceof Ast.ConstDecl d
        && (d.value() instanceof Ast.LibraryExpr || d.value() instanceof Ast.CImport)) {
      libraries.add(d.name().text());
    }
  }

  private void declaration(Module m, Ast.ConstDecl d) {
    switch (d.value()) {
      case Ast.Function f -> function(m, d, f, true);
      case Ast.StructType s -> {
        for (Ast.StructItem i : s.items()) {
          if (i instanceof Ast.StructConst k && k.value() instanceof Ast.Function f) {
            Ast.ConstDecl own = new Ast.ConstDecl(k.span(), false, k.name(), k.type(), k.value());
            function(m, own, f, false);
          }
        }
      }
      default -> {}
    }
  }

  private void function(Module m, Ast.ConstDecl d, Ast.Function f, boolean ofModule) {
    if (f.linkage().isEmpty()) {
      return;
    }
    Ast.Linkage linkage = f.linkage().get();
    String word = linkage.isExtern() ? "extern" : "export";
    if (isGeneric(f)) {
      Span at = part(linkage.span(), 0, word.length());
      a.diagnostics.error(at, "a generic function cannot be `" + word + "`");
      return;
    }
    Optional<Ast.Name> library = linkage.library();
    if (library.isPresent() && !libraries.contains(library.get().text())) {
      a.diagnostics.error(
          d.span(),
          "there is no `#library` and no C unit with the name `" + library.get().text() + "`");
      return;
    }
    if (linkage.isExtern() && f.returnType().orElse(null) instanceof Ast.ArrayType r) {
      a.diagnostics.error(
          r.span(), "a C function cannot return an array; it returns a pointer or a struct");
      return;
    }
    String symbol = linkage.symbolOf(d.name());
    if (!linkage.isExtern()) {
      export(symbol, d);
    } else if (ofModule) {
      external(symbol, m, d);
    }
  }

  private static boolean isGeneric(Ast.Function f) {
    for (Ast.Param p : f.params()) {
      boolean slice = p.type().filter(t -> t instanceof Ast.SliceType).isPresent();
      boolean generic = p.type().filter(Generics::introduces).isPresent();
      if (p.compileTime() || (p.variadic() && !slice) || generic) {
        return true;
      }
    }
    return false;
  }

  /** Two definitions of one symbol (ffi.export.3). */
  private void export(String symbol, Ast.ConstDecl d) {
    Span first = exports.putIfAbsent(symbol, d.span());
    if (first != null) {
      a.diagnostics.report(
          Diagnostic.error(d.span(), "the C symbol `" + symbol + "` is defined already")
              .with(Diagnostic.note(first, "here")));
    }
  }

  /**
   * Declarations of one symbol have one signature (ffi.vis.4). What a header says of a function
   * that the library declares too is in the header's types, whatever those of the library are.
   */
  private void external(String symbol, Module m, Ast.ConstDecl d) {
    Found first = externs.putIfAbsent(symbol, new Found(m, d));
    if (first == null
        || a.diagnostics.errorCount() > 0
        || (m.isDerived(d) && first.module().file().isLibrary())) {
      return;
    }
    Optional<Signature> one = signature(first);
    Optional<Signature> other = signature(new Found(m, d));
    if (one.isPresent() && other.isPresent() && !one.equals(other)) {
      Span whole = d.span();
      a.diagnostics.report(
          Diagnostic.error(
                  part(whole, whole.text().length() - 1, whole.text().length()),
                  "the C symbol `" + symbol + "` is declared with another signature already")
              .with(Diagnostic.note(first.decl().span(), "here")));
    }
  }

  private static Span part(Span whole, int from, int to) {
    return new Span(whole.file(), whole.start() + from, whole.start() + to);
  }

  private record Signature(List<Type> params, Type result, boolean variadic) {}

  private Optional<Signature> signature(Found f) {
    Declaration d = f.module().declarations().get(f.decl().name().text());
    if (d == null || !(a.entity(d) instanceof Entity.Fn e)) {
      return Optional.empty();
    }
    Optional<Instance> made = a.instances.plain(e.decl());
    return made.map(
        i -> {
          List<Type> params = new ArrayList<>();
          i.params().forEach(p -> params.add(p.type()));
          return new Signature(params, i.result(), i.variadic());
        });
  }
}
