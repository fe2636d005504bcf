package sx.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import sx.c.CObject;
import sx.c.CRejected;
import sx.c.CTarget;
import sx.llvm.OptLevel;
import sx.module.CBlock;
import sx.sema.tree.Instance;
import sx.source.Diagnostic;
import sx.source.Diagnostics;
import sx.source.Span;

/** The C sources of a program as objects (ffi.c). */
final class CUnits {
  /** An object and where its source is named. */
  record Compiled(CObject object, Span source) {}

  private final List<Compiled> objects = new ArrayList<>();

  private CUnits() {}

  /** Those of a program that has none. */
  static CUnits none() {
    return new CUnits();
  }

  /**
   * Compiles the sources for a target, at the level of the program (ffi.c.5); what the C compiler
   * rejects (ffi.c.13), and symbols that two sources define (ffi.c.14), are reported.
   */
  static CUnits compile(List<CBlock> blocks, CompileOptions options, Diagnostics diagnostics) {
    CUnits units = new CUnits();
    CTarget target = new CTarget(options.target(), options.link().sysroot());
    for (CBlock block : blocks) {
      for (int i = 0; i < block.sources().size(); i++) {
        units.compile(block, i, target, options, diagnostics);
      }
    }
    units.findDuplicates(diagnostics);
    return units;
  }

  private void compile(
      CBlock block, int index, CTarget target, CompileOptions options, Diagnostics diagnostics) {
    Path source = block.unit().sources().get(index);
    Span at = block.sources().get(index);
    try {
      CObject object =
          CObject.compile(source, block.unit(), target, level(options.opt()), options.emitDebug());
      objects.add(new Compiled(object, at));
    } catch (CRejected e) {
      diagnostics.report(e.about(at, "source"));
    }
  }

  private static int level(OptLevel opt) {
    return switch (opt) {
      case NONE -> 0;
      case LESS -> 1;
      case DEFAULT -> 2;
      case AGGRESSIVE -> 3;
    };
  }

  private void findDuplicates(Diagnostics diagnostics) {
    Map<String, Span> defined = new HashMap<>();
    for (Compiled c : objects) {
      for (String symbol : c.object().defined()) {
        Span first = defined.putIfAbsent(symbol, c.source());
        if (first != null) {
          diagnostics.report(
              Diagnostic.error(
                      c.source(),
                      "the C symbol `%s` is defined by %s already, and again by %s"
                          .formatted(symbol, first.text(), c.source().text()))
                  .with(Diagnostic.note(first, "the first definition is in this source")));
        }
      }
    }
  }

  /** Reports the exported functions whose symbols a source defines too (ffi.export.3). */
  void compareWith(List<Instance> exports, Diagnostics diagnostics) {
    for (Instance function : exports) {
      function.exportSymbol().ifPresent(s -> compareWith(s, function, diagnostics));
    }
  }

  /** Reports a function of the program whose symbol a source defines too. */
  void compareWith(String symbol, Instance function, Diagnostics diagnostics) {
    for (Compiled c : objects) {
      if (c.object().defined().contains(symbol)) {
        diagnostics.report(
            Diagnostic.error(
                    function.span(),
                    "the C symbol `%s` is defined by %s already"
                        .formatted(symbol, c.source().text()))
                .with(Diagnostic.note(c.source(), "the first definition is in this source")));
      }
    }
  }

  List<byte[]> bytes() {
    return objects.stream().map(c -> c.object().bytes()).toList();
  }

  /** Writes the objects beside an output, for a linker. */
  List<Path> write(Path output) throws IOException {
    List<Path> written = new ArrayList<>();
    for (Compiled c : objects) {
      Path file = output.resolveSibling("." + output.getFileName() + ".c" + written.size() + ".o");
      Files.write(file, c.object().bytes());
      written.add(file);
    }
    return written;
  }

  /** Every file of C that was read for the objects. */
  Set<Path> files() {
    Set<Path> files = new LinkedHashSet<>();
    objects.forEach(c -> files.addAll(c.object().files()));
    return files;
  }

  /**
   * The objects as the compiler's own process can load them: made anew if the target is another
   * machine (ffi.ct.5).
   *
   * @throws CRejected if a source does not compile for the host
   */
  List<CObject> forHost(List<CBlock> blocks, CompileOptions options) throws CRejected {
    if (options.target().isHost()) {
      return objects.stream().map(Compiled::object).toList();
    }
    List<CObject> all = new ArrayList<>();
    for (CBlock block : blocks) {
      for (Path source : block.unit().sources()) {
        all.add(CObject.compile(source, block.unit(), CTarget.host(), level(options.opt()), false));
      }
    }
    return all;
  }
}
