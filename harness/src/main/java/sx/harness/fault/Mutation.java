package sx.harness.fault;

import java.util.regex.Pattern;

/** What a seeded fault changes. */
sealed interface Mutation {
  /** The IR of the program's own functions. */
  record Ir(IrFault fault) implements Mutation {}

  /** The IR of all instances of a generic function but the first. */
  record LaterInstances(IrFault fault) implements Mutation {}

  /** The typed tree of the program's own functions. */
  record Typed(TreeFault fault) implements Mutation {}

  /** Errors whose message matches are lost: a check that is not made. */
  record Silence(Pattern message) implements Mutation {}
}
