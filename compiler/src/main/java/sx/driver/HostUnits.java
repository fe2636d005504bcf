package sx.driver;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sx.c.CObject;
import sx.c.CRejected;
import sx.c.CTarget;
import sx.c.CTrampolines;
import sx.c.CUnit;
import sx.comptime.HostSymbols;
import sx.ir.Function;
import sx.ir.Program;
import sx.link.LinkFailure;
import sx.llvm.CodeOptions;
import sx.llvm.Emitter;
import sx.llvm.LlvmFault;
import sx.llvm.LlvmModule;
import sx.llvm.OptLevel;
import sx.type.Target;

/**
 * The C units and libraries of a program in the compiler's own process, for evaluations (ffi.ct.2).
 * The units are a shared library that is made when one of their symbols is first asked for.
 */
final class HostUnits implements HostSymbols, AutoCloseable {
  /** Where the objects of the units come from. */
  interface Objects {
    /** The units compiled for the host. */
    List<CObject> get() throws CRejected;
  }

  /** Which function the program exports under a symbol. */
  interface Exports {
    Optional<Function> find(String symbol);
  }

  /** The symbol of an asm expression that is loaded by itself. */
  private static final String CODE = "sx_asm";

  private final Program program;
  private final Target target;
  private final Objects source;
  private final Exports exports;
  private final List<String> libraryNames;
  private final List<Path> searchDirs;
  private final Arena arena = Arena.ofShared();
  private final Map<Function, MemorySegment> code = new HashMap<>();
  private final List<Cell> cells = new ArrayList<>();
  private @Nullable Set<String> defined;
  private @Nullable SymbolLookup units;
  private @Nullable List<SymbolLookup> libraries;
  private List<CObject> objects = List.of();

  /**
   * @param program what the assembly belongs to
   * @param target what the assembly is for
   * @param libraries names as in {@code #library}, in order
   * @param searchDirs where they are looked for before the system's places
   */
  HostUnits(
      Program program,
      Target target,
      Objects source,
      Exports exports,
      List<String> libraries,
      List<Path> searchDirs) {
    this.program = program;
    this.target = target;
    this.source = source;
    this.exports = exports;
    this.libraryNames = libraries;
    this.searchDirs = searchDirs;
  }

  @Override
  public Optional<MemorySegment> find(String symbol) {
    return defined().contains(symbol) ? units().find(symbol) : Optional.empty();
  }

  @Override
  public Optional<MemorySegment> findInLibraries(String symbol) {
    if (libraries == null) {
      libraries = new ArrayList<>();
      for (String name : libraryNames) {
        HostLibraries.open(name, searchDirs, arena).ifPresent(libraries::add);
      }
    }
    return libraries.stream().flatMap(l -> l.find(symbol).stream()).findFirst();
  }

  @Override
  public List<Cell> cells() {
    return cells;
  }

  @Override
  public Optional<Function> exported(String symbol) {
    return exports.find(symbol);
  }

  @Override
  public MemorySegment assembled(Function assembly) {
    return code.computeIfAbsent(assembly, this::assemble);
  }

  private MemorySegment assemble(Function assembly) {
    if (!target.arch().equals(Target.host().arch())) {
      throw new Unavailable(
          "the assembly is for the target, %s, and cannot run on this machine, which is %s"
              .formatted(target.arch(), Target.host().arch()));
    }
    try (LlvmModule module =
        LlvmModule.of(
            Emitter.assembly(
                assembly, program, CODE, CodeOptions.of(Target.host(), OptLevel.NONE)))) {
      CObject object = new CObject(module.object(), Set.of());
      return load(List.of(object)).find(CODE).orElseThrow();
    } catch (LlvmFault e) {
      throw new Unavailable("the assembler refuses the text: " + e.said());
    } catch (IOException | LinkFailure | CRejected e) {
      throw new Unavailable("the assembly cannot be loaded: " + e.getMessage());
    }
  }

  /** Loads objects as one shared library. */
  private SymbolLookup shared(List<byte[]> all) throws IOException, LinkFailure {
    Path directory = Files.createTempDirectory("sx-c-");
    try {
      List<Path> files = new ArrayList<>();
      for (byte[] object : all) {
        files.add(Files.write(directory.resolve(files.size() + ".o"), object));
      }
      Path library = directory.resolve("units.so");
      sx.link.Linker.linkShared(files, library);
      return SymbolLookup.libraryLookup(library, arena);
    } finally {
      OutputFiles.deleteTree(directory);
    }
  }

  private Set<String> defined() {
    if (defined == null) {
      defined = new LinkedHashSet<>();
      try {
        objects = source.get();
      } catch (CRejected e) {
        throw new Unavailable("a C unit does not compile for the host: " + e.said());
      }
      objects.forEach(o -> defined.addAll(o.defined()));
    }
    return defined;
  }

  private SymbolLookup units() {
    if (units == null) {
      try {
        units = load(objects);
      } catch (IOException | LinkFailure | CRejected e) {
        throw new Unavailable("the C units cannot be loaded: " + e.getMessage());
      }
    }
    return units;
  }

  private SymbolLookup load(List<CObject> of) throws IOException, LinkFailure, CRejected {
    Set<String> open = open(of);
    List<byte[]> all = new ArrayList<>();
    of.forEach(o -> all.add(o.bytes()));
    if (!open.isEmpty()) {
      all.add(trampolines(open));
    }
    SymbolLookup loaded = shared(all);
    for (String symbol : open) {
      loaded
          .find(CTrampolines.cell(symbol))
          .ifPresent(address -> cells.add(new Cell(symbol, address)));
    }
    return loaded;
  }

  private static byte[] trampolines(Set<String> symbols) throws IOException, CRejected {
    Path directory = Files.createTempDirectory("sx-c-");
    try {
      Path source = directory.resolve("trampolines.S");
      Files.writeString(source, CTrampolines.source(symbols));
      CUnit unit = new CUnit(List.of(), List.of(source), List.of(), List.of());
      return CObject.compile(source, unit, CTarget.host(), 0, false).bytes();
    } finally {
      OutputFiles.deleteTree(directory);
    }
  }

  /** What the units need and neither they nor the host have: functions that the program exports. */
  private Set<String> open(List<CObject> of) {
    Set<String> open = new LinkedHashSet<>();
    of.forEach(o -> open.addAll(o.undefined()));
    of.forEach(o -> open.removeAll(o.defined()));
    open.removeIf(s -> exports.find(s).isEmpty() && isOfHost(s));
    return open;
  }

  private boolean isOfHost(String symbol) {
    return symbol.equals("_GLOBAL_OFFSET_TABLE_")
        || findInLibraries(symbol).isPresent()
        || Linker.nativeLinker().defaultLookup().find(symbol).isPresent()
        || SymbolLookup.loaderLookup().find(symbol).isPresent()
        || maths().find(symbol).isPresent();
  }

  /** The library of mathematics is linked to every program. */
  private SymbolLookup maths() {
    return HostLibraries.open("m", List.of(), arena).orElse(symbol -> Optional.empty());
  }

  @Override
  public void close() {
    arena.close();
  }
}
