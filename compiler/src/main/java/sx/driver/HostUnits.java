package sx.driver;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
import sx.link.LinkFailure;

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

  private final Objects source;
  private final Exports exports;
  private final List<String> libraryNames;
  private final List<Path> searchDirs;
  private final Arena arena = Arena.ofShared();
  private final Map<String, MemorySegment> cells = new LinkedHashMap<>();
  private @Nullable Set<String> defined;
  private @Nullable SymbolLookup units;
  private @Nullable List<SymbolLookup> libraries;
  private List<CObject> objects = List.of();

  /**
   * @param libraries names as in {@code #library}, in order
   * @param searchDirs where they are looked for before the system's places
   */
  HostUnits(Objects source, Exports exports, List<String> libraries, List<Path> searchDirs) {
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
  public Map<String, MemorySegment> cells() {
    return cells;
  }

  @Override
  public Optional<Function> exported(String symbol) {
    return exports.find(symbol);
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
        units = load();
      } catch (IOException | LinkFailure | CRejected e) {
        throw new Unavailable("the C units cannot be loaded: " + e.getMessage());
      }
    }
    return units;
  }

  private SymbolLookup load() throws IOException, LinkFailure, CRejected {
    Path directory = Files.createTempDirectory("sx-c-");
    try {
      Set<String> open = open();
      List<CObject> all = new ArrayList<>(objects);
      if (!open.isEmpty()) {
        Path trampolines = directory.resolve("trampolines.S");
        Files.writeString(trampolines, CTrampolines.source(open));
        CUnit unit = new CUnit(List.of(), List.of(trampolines), List.of(), List.of());
        all.add(CObject.compile(trampolines, unit, CTarget.host(), 0, false));
      }
      List<Path> files = new ArrayList<>();
      for (CObject object : all) {
        files.add(Files.write(directory.resolve(files.size() + ".o"), object.bytes()));
      }
      Path library = directory.resolve("units.so");
      sx.link.Linker.linkShared(files, library);
      SymbolLookup loaded = SymbolLookup.libraryLookup(library, arena);
      for (String symbol : open) {
        loaded.find(CTrampolines.cell(symbol)).ifPresent(cell -> cells.put(symbol, cell));
      }
      return loaded;
    } finally {
      OutputFiles.deleteTree(directory);
    }
  }

  /** What the units need and neither they nor the host have: functions that the program exports. */
  private Set<String> open() {
    Set<String> open = new LinkedHashSet<>();
    objects.forEach(o -> open.addAll(o.undefined()));
    open.removeAll(defined());
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
