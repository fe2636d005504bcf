package sx.module;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import sx.c.CFunction;
import sx.c.CHeader;
import sx.c.CRejected;
import sx.c.CTarget;
import sx.c.CUnit;
import sx.source.Diagnostics;
import sx.source.Span;
import sx.syntax.Ast;

/** Reads what the headers of {@code #import c} blocks declare (ffi.c). */
final class CBlocks {
  /** A header of one block, and what it declares. */
  private record Header(Ast.CDirective directive, List<CFunction> functions) {}

  private record Key(Path header, CUnit unit) {}

  private final ImportPaths paths;
  private final CTarget target;
  private final Diagnostics diagnostics;
  private final Map<CUnit, CBlock> blocks = new LinkedHashMap<>();
  private final Map<CUnit, Namespace> namespaces = new HashMap<>();
  private final Map<Key, CHeader> headers = new HashMap<>();
  private final Set<Path> files = new LinkedHashSet<>();
  private boolean failed;

  CBlocks(LoaderOptions options, ImportPaths paths, Diagnostics diagnostics) {
    this.paths = paths;
    this.target = new CTarget(options.target(), options.sysroot());
    this.diagnostics = diagnostics;
  }

  /** Whether a file was missing or no C; it was reported. */
  boolean failed() {
    return failed;
  }

  /** The units in the order of their first blocks, each once (ffi.c.10). */
  List<CBlock> blocks() {
    return List.copyOf(blocks.values());
  }

  /** The headers that were read, and all that they include. */
  Set<Path> files() {
    return files;
  }

  /** What the nameless blocks among the items of a file declare in it; a function once. */
  List<Ast.Stmt> flat(Path importer, List<Ast.Stmt> items) {
    Map<String, Ast.Stmt> declared = new LinkedHashMap<>();
    for (Ast.Stmt item : items) {
      if (item instanceof Ast.FlatCImport(Span _, Ast.CImport block)) {
        declare(read(importer, block).orElse(List.of()), declared);
      }
    }
    return List.copyOf(declared.values());
  }

  /** The namespaces of the named blocks of a file, entered in it. */
  void named(Module module) {
    for (Ast.Stmt item : module.items()) {
      if (item instanceof Ast.ConstDecl d && d.value() instanceof Ast.CImport block) {
        Optional<List<Header>> read = read(module.path(), block);
        if (read.isPresent()) {
          module.bind(
              item,
              namespaces.computeIfAbsent(
                  unit(module.path(), block).orElseThrow(),
                  u -> namespace(module, block, read.get())));
        }
      }
    }
  }

  private static Namespace namespace(Module module, Ast.CImport block, List<Header> headers) {
    Map<String, Ast.Stmt> declared = new LinkedHashMap<>();
    declare(headers, declared);
    Ast.Module none = new Ast.Module(module.file(), List.of(), block.span());
    Module functions = new Module(none, module.path(), List.of(), List.copyOf(declared.values()));
    return new Namespace(module.path(), false, List.of(functions));
  }

  private static void declare(List<Header> headers, Map<String, Ast.Stmt> to) {
    for (Header header : headers) {
      for (CFunction function : header.functions()) {
        to.computeIfAbsent(
            function.name(), n -> CDeclarations.declaration(function, header.directive().span()));
      }
    }
  }

  /** Reads the headers of a block; empty if something is wrong with it. */
  private Optional<List<Header>> read(Path importer, Ast.CImport block) {
    Optional<CUnit> unit = unit(importer, block);
    if (unit.isEmpty()) {
      failed = true;
      return Optional.empty();
    }
    List<Span> sources =
        block.directives().stream()
            .filter(d -> d.word().equals("source"))
            .map(d -> d.text().span())
            .toList();
    blocks.putIfAbsent(unit.get(), new CBlock(unit.get(), sources));
    List<Header> read = new ArrayList<>();
    for (Ast.CDirective d : block.directives()) {
      if (d.word().equals("include")) {
        Path header = unit.get().headers().get(read.size());
        try {
          read.add(new Header(d, header(header, unit.get()).functions()));
        } catch (CRejected e) {
          failed = true;
          diagnostics.report(e.about(d.text().span(), "header"));
          return Optional.empty();
        }
      }
    }
    return Optional.of(read);
  }

  private CHeader header(Path path, CUnit unit) throws CRejected {
    Key key = new Key(path, unit);
    CHeader known = headers.get(key);
    if (known == null) {
      known = CHeader.read(path, unit, target);
      headers.put(key, known);
      files.addAll(known.files());
    }
    return known;
  }

  /** The block with its paths resolved; empty if a file is missing, which is reported. */
  private Optional<CUnit> unit(Path importer, Ast.CImport block) {
    List<Path> included = new ArrayList<>();
    List<Path> sources = new ArrayList<>();
    List<String> defines = new ArrayList<>();
    List<String> flags = new ArrayList<>();
    boolean complete = true;
    for (Ast.CDirective d : block.directives()) {
      String text = new String(d.text().value(), StandardCharsets.UTF_8);
      switch (d.word()) {
        case "include" -> complete &= resolve(importer, d, text, included);
        case "source" -> complete &= resolve(importer, d, text, sources);
        case "define" -> defines.add(text);
        default -> flags.addAll(text.isBlank() ? List.of() : List.of(text.strip().split(" +")));
      }
    }
    return complete ? Optional.of(new CUnit(included, sources, defines, flags)) : Optional.empty();
  }

  private boolean resolve(Path importer, Ast.CDirective d, String text, List<Path> to) {
    switch (paths.resolve(importer, text)) {
      case ImportPaths.File(Path path) -> {
        to.add(path);
        return true;
      }
      case ImportPaths.Directory _ ->
          diagnostics.error(d.text().span(), "cannot read '" + text + "': it is a directory");
      case ImportPaths.Unresolved(String message) -> diagnostics.error(d.text().span(), message);
    }
    return false;
  }
}
