package sx.comptime;

import static sx.comptime.Emission.numbers;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import sx.ir.Inst;
import sx.ir.Terminator;
import sx.type.Type;

/** Emits the ends of blocks, joining a comparison with the branch that it decides. */
final class Ends {
  private final Emission out;
  private final Facts facts;
  private final Operations operations;
  private final IntUnaryOperator value;
  private final IntFunction<OptionalLong> constant;

  /**
   * @param value the virtual register of an operand
   * @param constant the number that an operand always is
   */
  Ends(
      Emission out,
      Facts facts,
      Operations operations,
      IntUnaryOperator value,
      IntFunction<OptionalLong> constant) {
    this.out = out;
    this.facts = facts;
    this.operations = operations;
    this.value = value;
    this.constant = constant;
  }

  void emit(Terminator end) {
    switch (end) {
      case Terminator.Jump j -> out.end(Op.JUMP, Micro.NONE, j.target());
      case Terminator.Branch b -> branch(b.condition(), b.then(), b.otherwise());
      case Terminator.Switch s -> choose(s);
      case Terminator.Return r when r.value() < 0 -> out.end(Op.RETURN_VOID, Micro.NONE);
      case Terminator.Return r -> out.end(Op.RETURN, numbers(value.applyAsInt(r.value())));
      case Terminator.Unreachable u -> out.end(Op.UNREACHABLE, Micro.NONE);
    }
  }

  private void branch(int condition, int then, int otherwise) {
    OptionalLong known = constant.apply(condition);
    if (known.isPresent()) {
      out.end(Op.JUMP, Micro.NONE, known.getAsLong() != 0 ? then : otherwise);
      return;
    }
    int r = facts.root(condition);
    switch (facts.definition(r)) {
      case Inst.Compare c when facts.uses(r) == 1 && operations.canJump(c.operands()) ->
          operations.jump(
              c.op(),
              c.operands(),
              value.applyAsInt(c.left()),
              value.applyAsInt(c.right()),
              then,
              otherwise);
      case Inst.Unary u when u.op() == Inst.UnaryKind.NOT && u.type() instanceof Type.Bool ->
          branch(u.operand(), otherwise, then);
      default -> out.end(Op.BRANCH, numbers(value.applyAsInt(r)), then, otherwise);
    }
  }

  private void choose(Terminator.Switch s) {
    List<Terminator.Case> cases =
        s.cases().stream().sorted(Comparator.comparingLong(Terminator.Case::value)).toList();
    Code.SwitchTable table =
        new Code.SwitchTable(
            cases.stream().mapToLong(Terminator.Case::value).toArray(),
            cases.stream().mapToInt(Terminator.Case::target).toArray(),
            s.otherwise());
    out.effect(
        Op.SWITCH, Micro.NO_RESULT, numbers(out.switchTable(table)), value.applyAsInt(s.value()));
  }
}
