package sx.sema;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import sx.sema.tree.Local;
import sx.sema.tree.Tree;
import sx.type.Type;

/**
 * Which named results have a value on every path to the end of a body (stmt.multi.8). A set of
 * assigned results is carried along the statements; a path that has ended counts as having all.
 */
final class DefiniteAssignment {
  private final Set<Local> wanted;
  private final Set<Tree.Return> ends;
  private final Set<Local> missing = new LinkedHashSet<>();

  /**
   * @param wanted the results that need an assignment
   * @param ends the returns that give the current values of the results
   */
  DefiniteAssignment(List<Local> wanted, Set<Tree.Return> ends) {
    this.wanted = new LinkedHashSet<>(wanted);
    this.ends = ends;
  }

  /** The results without a value on some path, in the order of their declaration. */
  List<Local> missingIn(List<Tree.Stmt> body) {
    end(after(body, Set.of()));
    return wanted.stream().filter(missing::contains).toList();
  }

  private void end(Set<Local> assigned) {
    wanted.stream().filter(l -> !assigned.contains(l)).forEach(missing::add);
  }

  private Set<Local> after(List<Tree.Stmt> statements, Set<Local> before) {
    Set<Local> assigned = before;
    for (Tree.Stmt s : statements) {
      assigned = after(s, assigned);
    }
    return assigned;
  }

  private Set<Local> after(Tree.Stmt s, Set<Local> before) {
    return switch (s) {
      case Tree.ExprStmt e -> after(e.expr(), before);
      case Tree.Declare d -> d.value().map(v -> after(v, before)).orElse(before);
      case Tree.Assign a -> {
        Set<Local> assigned = after(a.value(), before);
        yield a.place() instanceof Tree.LocalRef r && wanted.contains(r.local())
            ? with(assigned, r.local())
            : after(a.place(), assigned);
      }
      case Tree.Update u -> after(u.value(), before);
      case Tree.Loop l -> {
        after(l.body(), after(l.condition(), before));
        yield before;
      }
      case Tree.Return r -> {
        if (ends.contains(r)) {
          end(before);
        } else {
          r.value().ifPresent(v -> after(v, before));
        }
        yield wanted;
      }
      case Tree.Fail r -> wanted;
      case Tree.Break b -> wanted;
      case Tree.Continue k -> wanted;
      default -> before;
    };
  }

  private static Set<Local> with(Set<Local> all, Local one) {
    Set<Local> more = new LinkedHashSet<>(all);
    more.add(one);
    return more;
  }

  private static Set<Local> both(Set<Local> a, Set<Local> b) {
    Set<Local> common = new LinkedHashSet<>(a);
    common.retainAll(b);
    return common;
  }

  private Set<Local> after(Tree.Expr e, Set<Local> before) {
    Set<Local> assigned =
        switch (e) {
          case Tree.If i -> {
            Set<Local> tested = after(i.condition(), before);
            yield both(after(i.then(), tested), after(i.otherwise(), tested));
          }
          case Tree.Switch s -> {
            Set<Local> tested = after(s.subject(), before);
            Set<Local> all = after(s.otherwise(), tested);
            for (Tree.Arm arm : s.arms()) {
              all = both(all, after(arm.body(), tested));
            }
            yield all;
          }
          case Tree.Block b -> {
            Set<Local> run = after(b.statements(), before);
            yield b.value().map(v -> after(v, run)).orElse(run);
          }
          case Tree.Jump j -> after(j.statement(), before);
          case Tree.Push p -> after(p.body(), after(p.context(), before));
          case Tree.Convert k -> after(k.operand(), before);
          default -> before;
        };
    return e.type() instanceof Type.NoReturn ? wanted : assigned;
  }
}
