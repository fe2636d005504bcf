package sx.comptime;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import sx.ir.Data;
import sx.ir.Inst.ReflectKind;
import sx.ir.Program;
import sx.ir.Reflection;
import sx.type.Type;
import sx.type.Types;

/**
 * Runs functions of a program at compile time. What it computes equals what the compiled program
 * would (ct.env.1).
 *
 * <p>Each call is an evaluation of its own, with fresh variables. While one runs, another may be
 * started on the same thread, as happens when a function that it reaches is lowered first.
 */
public final class Vm implements AutoCloseable {
  private static final ReflectKind[] REFLECT_KINDS = ReflectKind.values();

  /** Why an evaluation fails that calls a naked function (asm.ct.4). */
  public static final String NAKED_CALL = "a naked function cannot run at compile time";

  private final Program program;
  private final VmOptions options;
  private final Memory memory;
  private final Constants constants;
  private final Functions functions = new Functions();
  private final HostCalls hostCalls;
  private final Reflection reflection;
  private final Translations translations;
  private final Deque<Evaluation> running = new ArrayDeque<>();
  private VmOptions.Engine engine;
  private Function<Type, Optional<String>> typeGuard = t -> Optional.empty();

  /** Reserves address space; {@link #close} gives it back. */
  public Vm(Program program, VmOptions options) {
    this.program = program;
    this.options = options;
    this.engine = options.engine();
    this.memory = new Memory();
    this.constants = new Constants(program, memory);
    this.hostCalls = new HostCalls(this);
    this.reflection = new Reflection(program);
    this.translations = new Translations(memory);
  }

  /** Evaluates a function without parameters and keeps its result (ct.val). */
  public Outcome call(sx.ir.Function f) {
    return evaluate(
        f,
        (evaluation, value) ->
            new Outcome.Value(new Capture(evaluation).result(f.result(), value)));
  }

  /**
   * Runs a whole program.
   *
   * @return the exit status: what {@code exit} was given, or the low 8 bits of an integer result
   * @throws EvaluationError if it cannot go on
   */
  public int runMain(sx.ir.Function main) {
    Outcome outcome =
        evaluate(
            main,
            (evaluation, value) ->
                new Outcome.Exited(main.result().isInt() ? (int) (value & 0xff) : 0));
    return switch (outcome) {
      case Outcome.Exited e -> e.status();
      case Outcome.Failed f -> throw new EvaluationError(f.message(), f.trace());
      case Outcome.Value v -> 0;
    };
  }

  /**
   * Binds an extern symbol to a service of the compiler; it hides the library's function of that
   * name. To be called before the symbol is first used.
   */
  public void provide(String symbol, HostFunction service) {
    hostCalls.provide(symbol, service);
  }

  /**
   * Says which types cannot be asked about now: evaluated code that does fails for the reason that
   * {@code refusal} gives (ct.check.5).
   */
  public void guardTypes(Function<Type, Optional<String>> refusal) {
    typeGuard = refusal;
  }

  /** From now on every call has a frame that can be listed; nothing more is translated. */
  public void keepFrames() {
    if (engine != VmOptions.Engine.INTERPRET) {
      engine = VmOptions.Engine.INTERPRET;
      functions.forgetTranslations();
    }
  }

  VmOptions.Engine engine() {
    return engine;
  }

  /** Turns the result register into an outcome while the memory of the evaluation exists. */
  private interface Finish {
    Outcome apply(Evaluation evaluation, long value);
  }

  private Outcome evaluate(sx.ir.Function f, Finish finish) {
    return DeepStack.call(() -> evaluateHere(f, finish));
  }

  private Outcome evaluateHere(sx.ir.Function f, Finish finish) {
    long start = running.isEmpty() ? memory.evaluationsStart() : running.peek().top();
    try (Evaluation evaluation = new Evaluation(this, start)) {
      running.push(evaluation);
      try {
        long value = evaluation.interpreter().call(functions.of(f), start, new long[0]);
        return finish.apply(evaluation, value);
      } finally {
        running.pop();
      }
    } catch (EvaluationError e) {
      return new Outcome.Failed(e.reason(), e.trace());
    } catch (Trap t) {
      return new Outcome.Failed(t.reason(), List.of());
    } catch (ExitRequest e) {
      return new Outcome.Exited(e.status());
    }
  }

  Program program() {
    return program;
  }

  VmOptions options() {
    return options;
  }

  Memory memory() {
    return memory;
  }

  Constants constants() {
    return constants;
  }

  Functions functions() {
    return functions;
  }

  HostCalls hostCalls() {
    return hostCalls;
  }

  Translations translations() {
    return translations;
  }

  Code decode(sx.ir.Function f) {
    return new Decoder(this, f).decode();
  }

  /** The register for the answer to a question about the type with a tag. */
  long reflect(int kind, long tag, long index) {
    if (tag < 0 || tag >= program.types().tagCount()) {
      throw new Trap("reflection on a value that is no type");
    }
    Type type = program.types().ofTag((int) tag);
    ReflectKind question = REFLECT_KINDS[kind];
    if (question != ReflectKind.TYPE_NAME) {
      typeGuard
          .apply(type)
          .ifPresent(
              reason -> {
                throw new Trap(reason);
              });
    }
    return Reflection.resultType(question).equals(Types.STRING)
        ? constants.string(reflection.text(question, type, index))
        : reflection.number(question, type, index);
  }

  /** Frees the memory. The machine cannot be used afterwards. */
  @Override
  public void close() {
    memory.close();
  }

  /** Empty data, the value of a function without result. */
  static Data nothing() {
    return new Data(new byte[0], List.of());
  }
}
