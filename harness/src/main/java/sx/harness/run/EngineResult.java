package sx.harness.run;

import sx.harness.engine.Engine;

/**
 * What came of one case in one engine.
 *
 * @param message how it failed, why it was not run, or what is to be said about it; may be empty
 * @param compileNanos the time of the compiler
 * @param runNanos the time of the program; that of both in the engines that compile as they run
 */
public record EngineResult(
    Engine engine, State state, String message, long compileNanos, long runNanos) {
  /** How it ended. */
  public enum State {
    PASSED,
    FAILED,
    NOT_RUN
  }

  static EngineResult notRun(Engine engine, String why) {
    return new EngineResult(engine, State.NOT_RUN, why, 0, 0);
  }

  public boolean failed() {
    return state == State.FAILED;
  }
}
