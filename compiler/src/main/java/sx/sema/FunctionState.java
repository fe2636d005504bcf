package sx.sema;

import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sx.sema.tree.Local;
import sx.sema.tree.Tree;
import sx.source.SourceFile;
import sx.source.Span;
import sx.type.Type;
import sx.type.Types;

/** What the statements of one function body share. */
final class FunctionState {
  private static final Span NOWHERE = new Span(SourceFile.ofText("<error>", ""), 0, 0);

  final String name;

  /** The result type; null while it is still to be inferred (decl.ret.2). */
  @Nullable Type result;

  final boolean infers;

  /** Whether a {@code return} in the body has a value, which gives the result its type. */
  boolean returnsValue;

  /** Whether the last expression of the body tells the result as well (pack.bind.6). */
  boolean open;

  /** Whether the result is a list of several values (stmt.multi.1). */
  boolean several;

  /** The results that are variables of the body; empty unless all have names. */
  List<Results.Named> results = List.of();

  /** Whether names of results clash, which is reported already. */
  boolean clashes;

  /** The statements made to return what the named results hold. */
  final Set<Tree.Return> currentReturns = Collections.newSetFromMap(new IdentityHashMap<>(1));

  /** The declaration whose body is checked; none for expressions outside of functions. */
  Optional<Entity.FunctionDecl> declaration = Optional.empty();

  /** The instance of a type function that this is, if it is one. */
  Instances.@Nullable Key typeFunction;

  /** For a lambda, the function in whose body it stands. */
  Optional<FunctionState> enclosing = Optional.empty();

  /** For a lambda, the errors of the functions around it that are proven absent where it stands. */
  Set<Local> clearAround = Set.of();

  /** For a lambda, the variables of the enclosing function that it uses, and its copies of them. */
  final Map<Local, Local> captures = new LinkedHashMap<>();

  /** How its calls can fail; null if they cannot. */
  @Nullable Failable failable;

  /** Whether it declares its error slot itself, so that its body may raise (err.clo.1). */
  boolean mayFail = true;

  /** Whether its body can never run, so that dropped failures do not matter (err.mark.5). */
  boolean idle;

  /** What it raises, if its set is inferred. */
  final ErrorSets.InferredSet raised = new ErrorSets.InferredSet();

  /** Values of destructured failable calls, with the error that guards them (err.live). */
  final Map<Local, Local> guards = new LinkedHashMap<>();

  /**
   * What arms of type matches know that an {@code any} or a protocol value holds (stmt.tmatch.6).
   */
  final Map<Local, Type> held = new HashMap<>();

  /** How many copies the {@code inline for} loops of the body have made of theirs (ct.for.14). */
  long copies;

  private @Nullable Local leaving;

  int loops;
  boolean inDefer;

  FunctionState(String name, @Nullable Type result) {
    this.name = name;
    this.result = result;
    this.infers = result == null;
  }

  /** Holds the error while it leaves the function. */
  Local leaving() {
    if (leaving == null) {
      leaving = new Local("leaving", Types.ANY_ERROR, NOWHERE);
    }
    return leaving;
  }

  /** The state for expressions outside of any function. */
  static FunctionState none() {
    return new FunctionState("", Types.VOID);
  }
}
