package sx.module;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import sx.source.Diagnostic;
import sx.source.Span;
import sx.syntax.Ast;
import sx.type.Target;

/** Selects the items of a file that exist on a target (mod.iif, ct.if.10 to ct.if.12). */
final class TargetConditions {
  private static final String FORMS =
      "compare OS or ARCH with a variant (OS == .linux) or POINTER_SIZE with an integer,"
          + " by == or !=, and combine comparisons with 'and' and 'or'";

  private final Target target;
  private final List<Diagnostic> errors;

  /**
   * @param errors receives the conditions that are not of the accepted forms (mod.iif.4); then no
   *     branch is taken
   */
  TargetConditions(Target target, List<Diagnostic> errors) {
    this.target = target;
    this.errors = errors;
  }

  /** The items with each {@code inline if} replaced by those of its taken branch. */
  List<Ast.Stmt> select(List<Ast.Stmt> items) {
    List<Ast.Stmt> taken = new ArrayList<>();
    select(items, taken);
    return taken;
  }

  private void select(List<Ast.Stmt> items, List<Ast.Stmt> taken) {
    for (Ast.Stmt item : items) {
      switch (item) {
        case Ast.ModuleIf branch -> {
          Optional<Boolean> holds = holds(branch.condition());
          if (holds.isEmpty()) {
            reject(branch.condition().span());
          } else {
            select(holds.get() ? branch.then() : branch.otherwise(), taken);
          }
        }
        case Ast.ModuleMatch match -> select(arm(match), taken);
        default -> taken.add(item);
      }
    }
  }

  /**
   * The arm that equals the target, otherwise the {@code else} arm, otherwise nothing (mod.iif.5).
   */
  private List<Ast.Stmt> arm(Ast.ModuleMatch match) {
    if (subject(match.subject()).isEmpty()) {
      reject(match.subject().span());
      return List.of();
    }
    Optional<List<Ast.Stmt>> taken = Optional.empty();
    for (Ast.ModuleArm arm : match.arms()) {
      Optional<Boolean> equal = equal(match.subject(), arm.pattern());
      if (equal.isEmpty()) {
        reject(arm.pattern().span());
        return List.of();
      }
      if (equal.get() && taken.isEmpty()) {
        taken = Optional.of(arm.items());
      }
    }
    return taken.or(match::otherwise).orElse(List.of());
  }

  /** The value of a condition; empty if it is not one of the accepted forms (mod.iif.2). */
  private Optional<Boolean> holds(Ast.Expr condition) {
    return switch (condition) {
      case Ast.Group group -> holds(group.inner());
      case Ast.Binary(_, Ast.BinaryOp op, Ast.Expr left, Ast.Expr right) ->
          switch (op) {
            case EQ -> equal(left, right);
            case NE -> equal(left, right).map(equal -> !equal);
            case AND -> both(left, right, (a, b) -> a && b);
            case OR -> both(left, right, (a, b) -> a || b);
            default -> Optional.empty();
          };
      default -> Optional.empty();
    };
  }

  private Optional<Boolean> both(Ast.Expr left, Ast.Expr right, BinaryOperator<Boolean> combine) {
    Optional<Boolean> first = holds(left);
    Optional<Boolean> second = holds(right);
    return first.flatMap(a -> second.map(b -> combine.apply(a, b)));
  }

  /** Whether a target name equals a pattern; an unknown variant is unequal (mod.iif.3). */
  private Optional<Boolean> equal(Ast.Expr name, Ast.Expr pattern) {
    return subject(name)
        .flatMap(
            value ->
                switch (value) {
                  case Variant(String actual) ->
                      pattern instanceof Ast.EnumLit(_, Ast.Name wanted)
                          ? Optional.of(actual.equals(wanted.text()))
                          : Optional.empty();
                  case Number(long actual) ->
                      pattern instanceof Ast.IntLit wanted
                          ? Optional.of(wanted.fits() && wanted.value() == actual)
                          : Optional.empty();
                });
  }

  private sealed interface Value {}

  private record Variant(String name) implements Value {}

  private record Number(long value) implements Value {}

  private Optional<Value> subject(Ast.Expr expr) {
    if (!(expr instanceof Ast.NameExpr(_, Ast.Name name))) {
      return Optional.empty();
    }
    return switch (name.text()) {
      case "OS" -> Optional.of(new Variant("linux")); // every target there is (cli.const.1)
      case "ARCH" -> Optional.of(new Variant(target.arch()));
      case "POINTER_SIZE" -> Optional.of(new Number(8));
      default -> Optional.empty();
    };
  }

  private void reject(Span condition) {
    errors.add(
        Diagnostic.error(
            condition, "an 'inline if' at module scope can depend on the target only: " + FORMS));
  }
}
