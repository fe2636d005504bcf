package sx.properties;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import sx.generate.GeneratedProgram;
import sx.generate.ProgramGenerator;
import sx.llvm.OptLevel;

/** Whole programs ({@link sx.generate}) do in every engine what the model says. */
class RandomProgramsTest {
  @Property(tries = 24, seed = "1", shrinking = ShrinkingMode.OFF)
  void theMachineDoesWhatTheModelSays(@ForAll long seed) {
    GeneratedProgram program = ProgramGenerator.program(seed);
    assertEquals(program.output(), Compiled.inMachine(program.source()), program::source);
  }

  @Property(tries = 8, seed = "2", shrinking = ShrinkingMode.OFF)
  void machineCodeDoesWhatTheModelSays(@ForAll long seed, @ForAll boolean optimized) {
    GeneratedProgram program = ProgramGenerator.program(seed);
    OptLevel level = optimized ? OptLevel.DEFAULT : OptLevel.NONE;
    assertEquals(program.output(), Compiled.natively(program.source(), level), program::source);
  }

  /** A function with a type parameter, at one type, is the function written for that type. */
  @Property(tries = 10, seed = "3", shrinking = ShrinkingMode.OFF)
  void genericInstancesAreWhatIsWrittenByHand(@ForAll long seed) {
    GeneratedProgram generic = ProgramGenerator.program(seed, true);
    GeneratedProgram byHand = ProgramGenerator.program(seed, false);
    assertEquals(
        Compiled.inMachine(byHand.source()), Compiled.inMachine(generic.source()), generic::source);
  }
}
