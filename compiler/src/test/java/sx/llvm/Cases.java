package sx.llvm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import sx.ir.Function;
import sx.ir.Global;
import sx.ir.Inst;
import sx.ir.IrBuilder;
import sx.ir.Program;
import sx.ir.Verifier;
import sx.jit.JitSession;
import sx.link.LinkRequest;
import sx.source.SourceFile;
import sx.source.Span;
import sx.type.Target;
import sx.type.Type;
import sx.type.TypeTable;
import sx.type.Types;

/**
 * Hand-written IR with expected answers: each case is a function that gives an i64. All cases of
 * one object run as one program, natively at two levels and through the JIT.
 */
final class Cases {
  private record Case(String name, long expected) {}

  static final Span SPAN = new Span(SourceFile.ofText("cases.sx", "cases\n"), 0, 5);

  final Program program = new Program(new TypeTable());
  private final List<Case> cases = new ArrayList<>();
  private final List<Function> functions = new ArrayList<>();
  private String c = "";
  private final Function write =
      extern("write", List.of(Types.I32, Types.VOID_POINTER, Types.USIZE), Types.I64, false);

  Function extern(String symbol, List<Type> params, Type result, boolean variadic) {
    return added(
        new Function(
            symbol,
            params,
            result,
            variadic,
            Optional.of(symbol),
            Optional.empty(),
            f -> {
              throw new AssertionError(f);
            }));
  }

  private Function added(Function f) {
    program.add(f);
    return f;
  }

  Function function(String name, List<Type> params, Type result, ToIntFunction<IrBuilder> body) {
    return define(name, params, result, Optional.empty(), body);
  }

  Function exported(String name, List<Type> params, Type result, ToIntFunction<IrBuilder> body) {
    return define(name, params, result, Optional.of(name), body);
  }

  /** The body returns the register to return, -1 for nothing. */
  private Function define(
      String name,
      List<Type> params,
      Type result,
      Optional<String> export,
      ToIntFunction<IrBuilder> body) {
    return added(
        new Function(
            name,
            params,
            result,
            false,
            Optional.empty(),
            export,
            f -> {
              IrBuilder b = new IrBuilder(params.size(), SPAN);
              b.ret(body.applyAsInt(b));
              return b.finish(SPAN);
            }));
  }

  Global global(String name, Type type, boolean mutable) {
    Global g = new Global(name, type, mutable);
    program.add(g);
    return g;
  }

  /** A case whose body returns the register of its answer, of type i64. */
  void expect(String name, long expected, ToIntFunction<IrBuilder> body) {
    cases.add(new Case(name, expected));
    functions.add(exported("case_" + functions.size(), List.of(), Types.I64, body));
  }

  /** The same for an answer of an integer type. */
  void expect(String name, Type type, long expected, ToIntFunction<IrBuilder> body) {
    expect(
        name,
        expected,
        b -> {
          int answer = body.applyAsInt(b);
          return b.convert(Inst.ConvertKind.INT_TO_INT, type, Types.I64, answer);
        });
  }

  /** A value that passes through a mutable object, so that it is not known where it is used. */
  int hidden(IrBuilder b, Type type, int value) {
    Global cell = global("cell" + program.globals().size(), type, true);
    int address = b.globalAddress(cell);
    b.store(type, address, value);
    return b.load(type, address);
  }

  int hiddenConst(IrBuilder b, Type type, long value) {
    return hidden(b, type, b.constInt(type, value));
  }

  /** Calls every case, and writes the answers to standard output. */
  private Function main() {
    Type answers = new Type.Array(Types.I64, functions.size());
    Global results = global("results", answers, true);
    return function(
        "main",
        List.of(),
        Types.VOID,
        b -> {
          int base = b.globalAddress(results);
          for (int i = 0; i < functions.size(); i++) {
            int at = b.elementAddress(Types.I64, base, b.constInt(Types.I64, i));
            b.store(Types.I64, at, b.call(functions.get(i), List.of()));
          }
          int size = b.constInt(Types.USIZE, 8L * functions.size());
          b.call(write, List.of(b.constInt(Types.I32, 1), base, size));
          return -1;
        });
  }

  /** Adds C code to the program; where there is no C compiler for a target, it is not run there. */
  void addC(String source) {
    c = source;
  }

  private static String compiler(Target target) {
    return target.equals(Target.host()) ? "cc" : target.triple() + "-gcc";
  }

  private boolean canRun(Target target) {
    return c.isEmpty() || isOnPath(compiler(target));
  }

  static boolean isOnPath(String command) {
    for (String dir : System.getenv("PATH").split(":", -1)) {
      if (Files.isExecutable(Path.of(dir, command))) {
        return true;
      }
    }
    return false;
  }

  private List<Path> compileC(Target target, Path dir) throws Exception {
    if (c.isEmpty()) {
      return List.of();
    }
    Path source = Files.writeString(dir.resolve("unit.c"), c);
    Path object = dir.resolve("unit.o");
    List<String> command =
        List.of(compiler(target), "-O1", "-fPIC", "-c", source.toString(), "-o", object.toString());
    assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor());
    return List.of(object, source);
  }

  /** Runs all cases in every way that this machine has. */
  void check() throws Exception {
    Function main = main();
    for (OptLevel level : List.of(OptLevel.NONE, OptLevel.DEFAULT)) {
      if (canRun(Target.host())) {
        checkNative(main, Target.host(), level, List.of());
      }
      if (canEmulateArm() && canRun(Target.LINUX_ARM)) {
        checkNative(
            main, Target.LINUX_ARM, level, List.of("qemu-aarch64", "-L", "/usr/aarch64-linux-gnu"));
      } else {
        emit(main, Target.LINUX_ARM, level);
      }
    }
    if (canRun(Target.host())) {
      checkJit(main);
    }
    assertEquals(List.of(), Verifier.verify(program));
  }

  static boolean canEmulateArm() {
    return !Target.host().equals(Target.LINUX_ARM)
        && Files.isExecutable(Path.of("/usr/bin/qemu-aarch64"))
        && sx.link.Linker.canLink(Target.LINUX_ARM);
  }

  private byte[] emit(Function main, Target target, OptLevel level) {
    CodeOptions options = new CodeOptions(target, level, "", level == OptLevel.NONE);
    EmittedModule emitted = Emitter.emit(program, Optional.of(main), functions, options);
    try (LlvmModule module = LlvmModule.of(emitted)) {
      return module.optimise().object();
    }
  }

  private void checkNative(Function main, Target target, OptLevel level, List<String> runner)
      throws Exception {
    Path dir = Files.createTempDirectory("sx-cases");
    Path object = Files.write(dir.resolve("cases.o"), emit(main, target, level));
    Path program = dir.resolve("cases");
    List<Path> files = new ArrayList<>(List.of(program, object));
    files.addAll(compileC(target, dir));
    try {
      List<Path> objects = files.stream().filter(f -> f.toString().endsWith(".o")).toList();
      sx.link.Linker.link(LinkRequest.of(target, objects, program));
      List<String> command = new ArrayList<>(runner);
      command.add(program.toString());
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      byte[] output = process.getInputStream().readAllBytes();
      assertEquals(0, process.waitFor(), "status on " + target.triple() + " at " + level);
      compare(output, target.triple() + " at " + level);
    } finally {
      files.add(dir);
      deleteAll(files);
    }
  }

  static void deleteAll(List<Path> paths) throws IOException {
    for (Path p : paths) {
      Files.deleteIfExists(p);
    }
  }

  private void compare(byte[] output, String where) {
    ByteBuffer bytes = ByteBuffer.wrap(output).order(ByteOrder.LITTLE_ENDIAN);
    assertEquals(8 * cases.size(), output.length, "length of output, " + where);
    for (Case c : cases) {
      assertEquals(c.expected(), bytes.getLong(), c.name() + ", " + where);
    }
  }

  @SuppressWarnings("restricted")
  private void checkJit(Function main) throws Exception {
    try (JitSession session = new JitSession()) {
      session.addObject(emit(main, Target.host(), OptLevel.NONE));
      Path dir = Files.createTempDirectory("sx-cases");
      List<Path> files = new ArrayList<>(compileC(Target.host(), dir));
      if (!files.isEmpty()) {
        session.addObject(Files.readAllBytes(files.getFirst()));
      }
      files.add(dir);
      deleteAll(files);
      session.addLibrary("libm.so.6");
      for (int i = 0; i < cases.size(); i++) {
        MemorySegment code = MemorySegment.ofAddress(session.lookup("case_" + i));
        FunctionDescriptor type = FunctionDescriptor.of(ValueLayout.JAVA_LONG);
        long answer;
        try {
          answer = (long) Linker.nativeLinker().downcallHandle(code, type).invokeExact();
        } catch (Throwable e) {
          throw new AssertionError(e);
        }
        assertEquals(cases.get(i).expected(), answer, cases.get(i).name() + ", JIT");
      }
    }
  }
}
