package sx.syntax;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import sx.source.Diagnostic;
import sx.source.Diagnostics;
import sx.source.SourceFile;
import sx.source.Span;

/**
 * Reads source text into syntax trees. A file yields at most one syntax error, and then no tree
 * (lex.err.2).
 */
public final class Parser {
  /** How deep brackets, prefix operators and the like may nest. */
  public static final int MAX_NESTING = 1000;

  /** How high a tree may grow by chains of operators, postfix operators and {@code else if}. */
  public static final int MAX_CHAIN = 10_000;

  /** Several times what one level of nesting takes at most. */
  private static final long STACK_BYTES_A_LEVEL = 16 << 10;

  private Parser() {}

  /** The limits of one parse; both must be positive. */
  public record Limits(int nesting, int chain) {
    /** {@link #MAX_NESTING} and {@link #MAX_CHAIN}. */
    public static final Limits DEFAULT = new Limits(MAX_NESTING, MAX_CHAIN);
  }

  /**
   * Parses a module.
   *
   * @param diagnostics takes the syntax error, if there is one
   * @return the tree, or empty after an error
   */
  public static Optional<Ast.Module> parse(SourceFile file, Diagnostics diagnostics) {
    return parse(file, diagnostics, Limits.DEFAULT);
  }

  /**
   * Parses a module but for the bodies of its functions, which are parsed when they are first asked
   * for; a syntax error in one is a {@link LateSyntaxError} then.
   */
  public static Optional<Ast.Module> parseDeferring(SourceFile file, Diagnostics diagnostics) {
    return module(file, run(file, diagnostics, Limits.DEFAULT, true, g -> g.items.untilEnd()));
  }

  /** Parses a module under limits of the caller's choice. */
  public static Optional<Ast.Module> parse(
      SourceFile file, Diagnostics diagnostics, Limits limits) {
    return module(file, run(file, diagnostics, limits, false, g -> g.items.untilEnd()));
  }

  private static Optional<Ast.Module> module(SourceFile file, Optional<List<Ast.Stmt>> items) {
    return items.map(i -> new Ast.Module(file, i, new Span(file, 0, file.length())));
  }

  /**
   * Parses the text of an {@code #insert}: statements, of which the last may be an expression
   * without {@code ;} (ct.insert.1, ct.insert.4).
   *
   * @return the statements, or empty after an error
   */
  public static Optional<List<Ast.Stmt>> parseStatements(SourceFile file, Diagnostics diagnostics) {
    return run(file, diagnostics, Limits.DEFAULT, false, g -> g.statements.untilEnd());
  }

  private static <T> Optional<T> run(
      SourceFile file,
      Diagnostics diagnostics,
      Limits limits,
      boolean deferring,
      Function<Grammar, T> production) {
    Outcome<T> outcome;
    try {
      outcome = attempt(file, limits, deferring, production);
    } catch (StackOverflowError e) {
      outcome = attemptOnLargeStack(file, limits, deferring, production);
    }
    outcome.error.ifPresent(diagnostics::report);
    return outcome.tree;
  }

  /** A tree or the error that is there instead. */
  private record Outcome<T>(Optional<T> tree, Optional<Diagnostic> error) {}

  private static <T> Outcome<T> attempt(
      SourceFile file, Limits limits, boolean deferring, Function<Grammar, T> production) {
    Cursor at = new Cursor(file, Lexer.lex(file.bytes(), limits.nesting));
    try {
      Grammar grammar = grammar(at, limits, deferring);
      return new Outcome<>(Optional.of(production.apply(grammar)), Optional.empty());
    } catch (SyntaxError e) {
      return new Outcome<>(Optional.empty(), Optional.of(e.diagnostic));
    }
  }

  /** The productions over the tokens from a place on. */
  static Grammar grammar(Cursor at, Limits limits, boolean deferring) {
    return new Grammar(at, new Nesting(at, limits.nesting, limits.chain), deferring);
  }

  /**
   * What the limits allow may be more than the stack of the caller's thread holds. The result must
   * not depend on that, so such a file is read again with room enough.
   */
  private static <T> Outcome<T> attemptOnLargeStack(
      SourceFile file, Limits limits, boolean deferring, Function<Grammar, T> production) {
    FutureTask<Outcome<T>> task =
        new FutureTask<>(() -> attempt(file, limits, deferring, production));
    new Thread(null, task, "sx-parser", STACK_BYTES_A_LEVEL * limits.nesting).start();
    try {
      return task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while parsing " + file, e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("fault while parsing " + file, e.getCause());
    }
  }
}
