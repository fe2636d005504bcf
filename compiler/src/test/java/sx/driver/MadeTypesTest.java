package sx.driver;

import static org.bytedeco.llvm.global.LLVM.LLVMABIAlignmentOfType;
import static org.bytedeco.llvm.global.LLVM.LLVMABISizeOfType;
import static org.bytedeco.llvm.global.LLVM.LLVMArrayType2;
import static org.bytedeco.llvm.global.LLVM.LLVMContextCreate;
import static org.bytedeco.llvm.global.LLVM.LLVMContextDispose;
import static org.bytedeco.llvm.global.LLVM.LLVMCreateTargetData;
import static org.bytedeco.llvm.global.LLVM.LLVMDisposeTargetData;
import static org.bytedeco.llvm.global.LLVM.LLVMDoubleTypeInContext;
import static org.bytedeco.llvm.global.LLVM.LLVMFloatTypeInContext;
import static org.bytedeco.llvm.global.LLVM.LLVMIntTypeInContext;
import static org.bytedeco.llvm.global.LLVM.LLVMOffsetOfElement;
import static org.bytedeco.llvm.global.LLVM.LLVMPointerTypeInContext;
import static org.bytedeco.llvm.global.LLVM.LLVMStructTypeInContext;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.llvm.LLVM.LLVMContextRef;
import org.bytedeco.llvm.LLVM.LLVMTargetDataRef;
import org.bytedeco.llvm.LLVM.LLVMTypeRef;
import sx.comptime.EvaluationError;
import sx.driver.MadeModel.Draw;
import sx.driver.MadeModel.Kind;
import sx.driver.MadeModel.Made;
import sx.driver.MadeModel.Member;
import sx.driver.MadeModel.Program;
import sx.driver.MadeModel.Ty;
import sx.ir.Body;
import sx.ir.Inst;
import sx.llvm.OptLevel;
import sx.lower.Rewrite;
import sx.module.ParsedFiles;
import sx.sema.tree.Instance;
import sx.source.Diagnostic;
import sx.type.Target;
import sx.type.Type;
import sx.type.Types;

/** What holds for all types made from data (12-comptime.md, section 22). */
class MadeTypesTest {
  private static final Path LIBRARY = Path.of("../library").toAbsolutePath().normalize();
  private static final CompileOptions OPTIONS =
      new CompileOptions(
          Target.host(), OptLevel.NONE, List.of(LIBRARY), false, true, LinkOptions.DEFAULT);
  private static final ParsedFiles PARSED = new ParsedFiles();
  private static Path directory = Path.of("");

  @BeforeContainer
  static void makeDirectory() throws IOException {
    directory = Files.createTempDirectory("made-types");
  }

  @AfterContainer
  static void removeDirectory() throws IOException {
    try (var files = Files.list(directory)) {
      files.forEach(f -> f.toFile().delete());
    }
    Files.delete(directory);
  }

  // ------------------------------------------------------------------ random descriptions

  @Provide
  Arbitrary<Program> programs() {
    return programs(6, 6);
  }

  private static Arbitrary<Program> programs(int types, int members) {
    Arbitrary<Draw> draws =
        Combinators.combine(
                Arbitraries.integers().between(0, 8),
                Arbitraries.integers().between(0, 30),
                Arbitraries.integers().between(0, 2))
            .as(Draw::new);
    Arbitrary<Member> all =
        Combinators.combine(draws, Arbitraries.of(true, true, false)).as(Member::new);
    Arbitrary<List<Member>> few = all.list().ofMinSize(1).ofMaxSize(members);
    Arbitrary<List<Member>> many =
        Combinators.combine(
                draws.map(d -> new Draw(d.kind() % 6, d.of(), d.count())).list().ofSize(64),
                Arbitraries.integers().between(1, 64))
            .as((l, n) -> l.subList(0, n).stream().map(d -> new Member(d, true)).toList());
    Arbitrary<List<Member>> sized =
        members < 6
            ? few
            : Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(9, few), net.jqwik.api.Tuple.of(1, many));
    return Combinators.combine(Arbitraries.of(Kind.ENUM, Kind.STRUCT, Kind.TUPLE), sized)
        .as(Made::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(types)
        .map(Program::new);
  }

  // ------------------------------------------------------------------ properties

  /**
   * {@code define}, then {@code type_info}, gives what was described; the layout is the model's.
   */
  @Property(tries = 24)
  void descriptionsComeBack(@ForAll("programs") Program p) {
    assertEquals(MadePrograms.description(p), inVm(MadePrograms.describing(p), Seams.NONE));
  }

  /** The model's layout is that of LLVM, for every kind of made type. */
  @Property(tries = 200)
  void layoutIsThatOfLlvm(@ForAll("programs") Program p) {
    LLVMContextRef context = LLVMContextCreate();
    LLVMTargetDataRef data = LLVMCreateTargetData(dataLayout());
    try {
      Shapes shapes = new Shapes(context, data, p);
      for (int i = 0; i < p.types().size(); i++) {
        Ty.Ref made = new Ty.Ref(i);
        LLVMTypeRef t = shapes.of(made);
        assertEquals(p.size(made), LLVMABISizeOfType(data, t));
        assertEquals(p.align(made), LLVMABIAlignmentOfType(data, t));
        for (int n = 0; n < p.members(i).size(); n++) {
          if (p.types().get(i).kind() == Kind.ENUM) {
            variantFits(shapes, made, p.members(i).get(n));
          } else {
            assertEquals(p.offset(i, n), LLVMOffsetOfElement(data, t, n));
          }
        }
      }
    } finally {
      LLVMDisposeTargetData(data);
      LLVMContextDispose(context);
    }
  }

  /** The payload lies behind the tag where LLVM puts it, and within the value. */
  private static void variantFits(Shapes shapes, Ty.Ref made, Ty payload) {
    if (payload instanceof Ty.Nothing) {
      return;
    }
    LLVMTypeRef variant = shapes.struct(shapes.integer(64), shapes.of(payload));
    assertEquals(8, LLVMOffsetOfElement(shapes.data, variant, 1));
    assertTrue(LLVMABISizeOfType(shapes.data, variant) <= shapes.program.size(made));
  }

  /** Every variant is made, matched and printed alike in the machine and natively. */
  @Property(tries = 8)
  void valuesBehaveAlike(@ForAll("programs") Program p) {
    String text = MadePrograms.using(p);
    assertEquals(MadePrograms.used(p), inVm(text, Seams.NONE));
    assertEquals(MadePrograms.used(p), natively(text));
  }

  @Provide
  Arbitrary<List<Integer>> sites() {
    return Arbitraries.integers().between(0, 20).list().ofMinSize(2).ofMaxSize(8);
  }

  /** Equal arguments give one type wherever a type function is applied, others another. */
  @Property(tries = 15)
  void instancesAreOneType(@ForAll("sites") List<Integer> sites) {
    StringBuilder items = new StringBuilder();
    StringBuilder main = new StringBuilder();
    for (int i = 0; i < sites.size(); i++) {
      String applied =
          "F(%s, %d)".formatted(sites.get(i) % 2 == 0 ? "u8" : "string", sites.get(i) / 2 % 2 + 1);
      String site =
          switch (sites.get(i) / 4) {
            case 0 -> "A%d :: " + applied + ";\n";
            case 1 ->
                "H%d :: struct { v: " + applied + "; }\nA%1$d :: struct_field_type(H%1$d, 0);\n";
            case 2 ->
                "r%d :: () -> "
                    + applied
                    + " { v : "
                    + applied
                    + "; return v; }\nA%1$d :: alias(type_of(r%1$d()));\n";
            case 3 -> "B%d :: *" + applied + ";\nA%1$d :: pointee_type(B%1$d);\n";
            default -> "g%d : " + applied + ";\nA%1$d :: alias(type_of(g%1$d));\n";
          };
      items.append(site.formatted(i));
    }
    StringBuilder expected = new StringBuilder();
    for (int i = 0; i < sites.size(); i++) {
      for (int k = 0; k < sites.size(); k++) {
        main.append("    print(\"{} \", type_eq(A%d, A%d));\n".formatted(i, k));
        expected.append(sites.get(i) % 4 == sites.get(k) % 4).append(' ');
      }
      main.append("    x%d : A%d; x%1$d = same(x%1$d);\n".formatted(i, i));
    }
    String text =
        """
        #import "modules/std.sx";
        #import "modules/std/meta.sx";
        alias :: ($T: Type) -> Type { return T; }
        same :: (x: $T) -> T { return x; }
        F :: ($T: Type, $n: i64) -> Type {
            return reify(.struct(.{ fields = .[StructField.{ name = "a", type = T }, StructField.{ name = "b", type = [n]T }] }));
        }
        """
            + items
            + "main :: () {\n"
            + main
            + "}\n";
    assertEquals(expected.toString(), inVm(text, Seams.NONE), text);
  }

  /** Ways to break a description. */
  enum Breakage {
    TWO_OF_A_NAME("two members named"),
    NO_NAME("cannot be the name"),
    NO_IDENTIFIER("cannot be the name"),
    DEFINED_TWICE("is defined already"),
    NEVER_DEFINED("is declared and never defined"),
    NO_SHAPE("cannot be made"),
    HOLDS_ITSELF("contains itself");

    final String message;

    Breakage(String message) {
      this.message = message;
    }
  }

  /** A broken description is one error at its own place, and its name means nothing further. */
  @Property(tries = 24)
  void brokenDescriptionsAreRejected(
      @ForAll("programs") Program p, @ForAll Breakage how, @ForAll Random random) {
    int at = random.nextInt(p.types().size());
    if (p.types().get(at).kind() == Kind.TUPLE) {
      at = -1;
    }
    StringBuilder text =
        new StringBuilder("#import \"modules/std.sx\";\n#import \"modules/std/meta.sx\";\n");
    int line = 3;
    int wanted = 0;
    for (int i = 0; i < p.types().size(); i++) {
      String good = MadePrograms.made(p, i);
      if (i == at) {
        wanted = how == Breakage.DEFINED_TWICE ? line + 2 : line;
        good = broken(p, i, how);
      }
      text.append(good);
      line += (int) good.lines().count();
    }
    if (at < 0) {
      return;
    }
    String name = p.name(at);
    text.append("use :: (x: %s) -> i64 { return x.nothing + size_of(%1$s); }\n".formatted(name));
    text.append("main :: () { v : %s = .{ q = 1 }; print(\"{}\\n\", use(v)); }\n".formatted(name));
    List<Diagnostic> found = errors(text.toString());
    assertEquals(1, found.size(), () -> text + found.toString());
    assertEquals(wanted, found.getFirst().span().orElseThrow().line(), text::toString);
    assertTrue(found.getFirst().message().contains(how.message), found::toString);
  }

  private static String broken(Program p, int i, Breakage how) {
    Kind kind = p.types().get(i).kind();
    String name = p.name(i);
    String good = MadePrograms.made(p, i);
    String added =
        switch (how) {
          case TWO_OF_A_NAME -> MadePrograms.entry(kind, p.member(i, 0), "u8");
          case NO_NAME -> MadePrograms.entry(kind, "", "u8");
          case NO_IDENTIFIER -> MadePrograms.entry(kind, "1 x", "u8");
          case HOLDS_ITSELF -> MadePrograms.entry(kind, "self", "[2]" + name);
          default -> "";
        };
    return switch (how) {
      case DEFINED_TWICE -> good + good.substring(good.indexOf('\n') + 1);
      case NEVER_DEFINED -> name + " :: declare();\n";
      case NO_SHAPE -> name + " :: declare();\ndefine(" + name + ", .bool);\n";
      default -> good.substring(0, good.lastIndexOf("] })")) + ", " + added + "] }));\n";
    };
  }

  // ------------------------------------------------------------------ shrinking

  /** Stores the tag of a tagged union one byte off. */
  private static final Rewrite TAG_OFF =
      new Rewrite() {
        @Override
        public Body body(Instance function, Body body) {
          if (function.span().file().isLibrary()) {
            return body;
          }
          int[] registers = {body.registers()};
          List<Body.Block> blocks = body.blocks().stream().map(b -> off(b, registers)).toList();
          return new Body(body.slots(), blocks, registers[0], body.span());
        }
      };

  private static Body.Block off(Body.Block b, int[] registers) {
    List<Inst> code = new ArrayList<>();
    List<sx.source.Span> spans = new ArrayList<>();
    for (int i = 0; i < b.code().size(); i++) {
      Inst inst = b.code().get(i);
      boolean isTag =
          inst instanceof Inst.Store s
              && b.code().stream()
                  .anyMatch(
                      f ->
                          f instanceof Inst.FieldAddress a
                              && a.result() == s.address()
                              && a.aggregate() instanceof Type.Enum
                              && a.index() == 0);
      if (isTag && inst instanceof Inst.Store s) {
        int one = registers[0]++;
        int moved = registers[0]++;
        code.add(new Inst.ConstInt(one, Types.I64, 1));
        code.add(new Inst.ByteOffset(moved, s.address(), one));
        code.add(new Inst.Store(s.type(), moved, s.value()));
        spans.add(b.spans().get(i));
        spans.add(b.spans().get(i));
      } else {
        code.add(inst);
      }
      spans.add(b.spans().get(i));
    }
    return new Body.Block(code, spans, b.end());
  }

  /** A program that fails with that fault shrinks to one of a few lines. */
  @Example
  void aMisplacedTagShrinksToAFewLines() {
    Random random = new Random(7);
    var generator = programs(3, 4).generator(100);
    Shrinkable<Program> failing = generator.next(random);
    while (!failsWithTagOff(failing.value())) {
      failing = generator.next(random);
    }
    int tries = 0;
    Optional<Shrinkable<Program>> smaller = Optional.of(failing);
    while (smaller.isPresent()) {
      failing = smaller.get();
      smaller = Optional.empty();
      var candidates = failing.shrink().iterator();
      while (smaller.isEmpty() && candidates.hasNext() && tries < 150) {
        Shrinkable<Program> next = candidates.next();
        tries++;
        if (failsWithTagOff(next.value())) {
          smaller = Optional.of(next);
        }
      }
    }
    Program least = failing.value();
    String text = MadePrograms.using(least);
    assertEquals(1, least.types().size(), text);
    assertTrue(least.types().getFirst().members().size() <= 2, text);
    assertTrue(text.lines().count() <= 12, text);
  }

  private static boolean failsWithTagOff(Program p) {
    return !MadePrograms.used(p).equals(inVm(MadePrograms.using(p), new Seams(TAG_OFF, d -> true)));
  }

  // ------------------------------------------------------------------ running

  private static Path file(String text) {
    try {
      return Files.writeString(directory.resolve("made.sx"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String inVm(String text, Seams seams) {
    Compilation c = new Compilation(OPTIONS, PARSED, new ByteArrayOutputStream(), seams);
    try {
      Compilation.VmRun run = c.runInVm(file(text));
      String errors =
          c.diagnostics().all().stream().map(Diagnostic::message).collect(Collectors.joining("\n"));
      return errors + new String(run.output(), StandardCharsets.UTF_8);
    } catch (EvaluationError e) {
      return e.reason();
    }
  }

  private static List<Diagnostic> errors(String text) {
    Compilation c = new Compilation(OPTIONS, PARSED, new ByteArrayOutputStream());
    c.check(file(text));
    return c.diagnostics().all();
  }

  private static String natively(String text) {
    Compilation c = new Compilation(OPTIONS, PARSED, new ByteArrayOutputStream());
    assertTrue(c.check(file(text)), () -> text + c.diagnostics().all());
    Path program = directory.resolve("made");
    c.executable(program);
    try {
      Process run = new ProcessBuilder(program.toString()).redirectErrorStream(true).start();
      return new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // ------------------------------------------------------------------ LLVM

  private static String layoutText = "";

  private static String dataLayout() {
    if (layoutText.isEmpty()) {
      Compilation c = new Compilation(OPTIONS, PARSED, new ByteArrayOutputStream());
      c.check(file("main :: () { }\n"));
      Matcher m = Pattern.compile("target datalayout = \"([^\"]*)\"").matcher(c.llvmText());
      assertTrue(m.find());
      layoutText = m.group(1);
    }
    return layoutText;
  }

  /** The types of a program as LLVM has them; sizes come from LLVM alone. */
  private static final class Shapes {
    final LLVMContextRef context;
    final LLVMTargetDataRef data;
    final Program program;

    Shapes(LLVMContextRef context, LLVMTargetDataRef data, Program program) {
      this.context = context;
      this.data = data;
      this.program = program;
    }

    LLVMTypeRef of(Ty type) {
      return switch (type) {
        case Ty.Prim f when f.name().equals("f64") -> LLVMDoubleTypeInContext(context);
        case Ty.Prim f when f.name().equals("f32") -> LLVMFloatTypeInContext(context);
        case Ty.Prim s when s.name().equals("string") -> struct(pointer(), integer(64));
        case Ty.Prim n -> integer(n.size() * 8);
        case Ty.Handle h when h.mark().equals("[]") -> struct(pointer(), integer(64));
        case Ty.Handle h -> pointer();
        case Ty.Optional o -> struct(of(o.payload()), integer(8));
        case Ty.Array a -> LLVMArrayType2(of(a.element()), a.length());
        case Ty.Nothing n -> struct();
        case Ty.Ref r when program.isPlain(r.index()) -> integer(64);
        case Ty.Ref r when program.types().get(r.index()).kind() == Kind.ENUM -> union(r.index());
        case Ty.Ref r ->
            struct(program.members(r.index()).stream().map(this::of).toArray(LLVMTypeRef[]::new));
      };
    }

    /** A tag, and words for the largest payload, at least one (ct.make.7). */
    private LLVMTypeRef union(int index) {
      long largest =
          program.members(index).stream()
              .mapToLong(m -> LLVMABISizeOfType(data, of(m)))
              .reduce(8, Math::max);
      return struct(integer(64), LLVMArrayType2(integer(64), (largest + 7) / 8));
    }

    LLVMTypeRef integer(int bits) {
      return LLVMIntTypeInContext(context, bits);
    }

    private LLVMTypeRef pointer() {
      return LLVMPointerTypeInContext(context, 0);
    }

    LLVMTypeRef struct(LLVMTypeRef... members) {
      return LLVMStructTypeInContext(context, new PointerPointer<>(members), members.length, 0);
    }
  }
}
