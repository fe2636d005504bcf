package sx.ir;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import sx.type.Layout;
import sx.type.Type;
import sx.type.Types;

/**
 * Checks the invariants of the IR. A problem is a text that names the function, the block and the
 * instruction. Runs after every lowering in tests.
 */
public final class Verifier {
  private final Program program;
  private final Function function;
  private final Body body;
  private final Type[] types;
  private final BitSet known = new BitSet();
  private final List<String> problems = new ArrayList<>();
  private String place = "";

  private Verifier(Program program, Function function, Body body) {
    this.program = program;
    this.function = function;
    this.body = body;
    this.types = new Type[Math.max(body.registers(), 0)];
    Arrays.fill(types, Types.ERROR);
  }

  /** The problems of all globals and of all functions lowered so far. */
  public static List<String> verify(Program program) {
    List<String> all = new ArrayList<>();
    for (Global g : List.copyOf(program.globals())) {
      all.addAll(verify(g, program));
    }
    for (Function f : List.copyOf(program.functions())) {
      if (!f.isExtern() && f.isLowered()) {
        all.addAll(verify(f, program));
      }
    }
    return all;
  }

  /** The problems of one function, lowered now if it was not. */
  public static List<String> verify(Function f, Program program) {
    Verifier v = new Verifier(program, f, f.body());
    v.run();
    return v.problems;
  }

  /** The problems of the content of a global. */
  public static List<String> verify(Global g, Program program) {
    List<String> problems = new ArrayList<>();
    g.initial().ifPresent(d -> data(g, d, program.layout().size(g.type()), problems));
    if (g.initial().isPresent() && g.externSymbol().isPresent()) {
      problems.add(g + ": an extern global with content");
    }
    return problems;
  }

  private static void data(Global g, Data d, long size, List<String> problems) {
    if (d.bytes().length != size) {
      problems.add(g + ": " + d.bytes().length + " bytes for a type of size " + size);
    }
    long free = 0;
    for (Data.Relocation r : d.relocations()) {
      if (r.offset() < free || r.offset() + 8 > d.bytes().length) {
        problems.add(g + ": relocation at " + r.offset() + " out of order or outside");
        return;
      }
      for (int i = 0; i < 8; i++) {
        if (d.bytes()[(int) r.offset() + i] != 0) {
          problems.add(g + ": bytes under the relocation at " + r.offset() + " are not 0");
          break;
        }
      }
      free = r.offset() + 8;
    }
  }

  private void run() {
    place = function.toString();
    if (body.blocks().isEmpty()) {
      problem("no entry block");
      return;
    }
    if (body.registers() < function.params().size()) {
      problem("fewer registers than parameters");
      return;
    }
    for (int i = 0; i < function.params().size(); i++) {
      types[i] = function.params().get(i);
      known.set(i);
    }
    OperandTypes operandTypes = new OperandTypes(program.layout());
    eachInst((b, i, inst) -> define(inst, operandTypes));
    checkTargets();
    if (problems.isEmpty()) {
      checkDominance();
    }
    InstRules rules = new InstRules(program, function, body, types, this::problem);
    eachInst((b, i, inst) -> rules.check(inst));
    for (int b = 0; b < body.blocks().size(); b++) {
      place = function + " b" + b + ": end";
      rules.check(body.blocks().get(b).end());
    }
  }

  private interface InstAction {
    void at(int block, int index, Inst inst);
  }

  private void eachInst(InstAction action) {
    for (int b = 0; b < body.blocks().size(); b++) {
      Body.Block block = body.blocks().get(b);
      place = function + " b" + b;
      if (block.code().size() != block.spans().size()) {
        problem(block.spans().size() + " spans for " + block.code().size() + " instructions");
      }
      for (int i = 0; i < block.code().size(); i++) {
        Inst inst = block.code().get(i);
        place = function + " b" + b + ": " + IrPrinter.print(inst, program.typeNames());
        action.at(b, i, inst);
      }
    }
  }

  private void define(Inst inst, OperandTypes operandTypes) {
    int r = inst.result();
    if (r == -1) {
      return;
    }
    if (r < 0 || r >= types.length) {
      problem("register %" + r + " does not exist");
    } else if (known.get(r)) {
      problem("register %" + r + " is defined twice");
    } else {
      types[r] = operandTypes.result(inst);
      known.set(r);
    }
  }

  private void checkTargets() {
    for (int b = 0; b < body.blocks().size(); b++) {
      place = function + " b" + b + ": end";
      for (int target : IrBuilder.targets(body.blocks().get(b).end())) {
        if (target < 0 || target >= body.blocks().size()) {
          problem("no block b" + target);
        }
      }
    }
  }

  /** Every use must see its definition on all paths from the entry. */
  private void checkDominance() {
    BitSet[] entry = definedAtEntry();
    for (int b = 0; b < body.blocks().size(); b++) {
      BitSet defined = (BitSet) entry[b].clone();
      Body.Block block = body.blocks().get(b);
      for (Inst inst : block.code()) {
        place = function + " b" + b + ": " + IrPrinter.print(inst, program.typeNames());
        OperandTypes.operands(inst).forEach(r -> use(r, defined));
        if (inst.result() >= 0) {
          defined.set(inst.result());
        }
      }
      place = function + " b" + b + ": end";
      OperandTypes.operands(block.end()).forEach(r -> use(r, defined));
    }
  }

  private void use(int register, BitSet defined) {
    if (register < 0 || register >= types.length) {
      problem("register %" + register + " does not exist");
    } else if (!defined.get(register)) {
      problem("register %" + register + " is not defined on every path to here");
    }
  }

  private BitSet[] definedAtEntry() {
    int n = body.blocks().size();
    BitSet[] entry = new BitSet[n];
    Arrays.setAll(entry, b -> all(types.length));
    entry[0] = all(function.params().size());
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int b = 0; b < n; b++) {
        BitSet exit = (BitSet) entry[b].clone();
        body.blocks().get(b).code().stream()
            .filter(i -> i.result() >= 0)
            .forEach(i -> exit.set(i.result()));
        for (int target : IrBuilder.targets(body.blocks().get(b).end())) {
          int before = entry[target].cardinality();
          entry[target].and(exit);
          changed |= entry[target].cardinality() != before;
        }
      }
    }
    return entry;
  }

  private static BitSet all(int n) {
    BitSet set = new BitSet(n);
    set.set(0, n);
    return set;
  }

  private void problem(String text) {
    problems.add(place + ": " + text);
  }

  /** Whether two types are represented alike, so that one register may stand for both. */
  static boolean sameForm(Type a, Type b, Layout layout) {
    if (a.equals(b)) {
      return true;
    }
    if ((isView(a) && isView(b)) || (a instanceof Type.Closure && b instanceof Type.Closure)) {
      return true;
    }
    if (!layout.isScalar(a) || !layout.isScalar(b)) {
      return false;
    }
    Type x = layout.machine(a);
    Type y = layout.machine(b);
    return x.equals(y)
        || (x instanceof Type.Int i
            && y instanceof Type.Int j
            && i.bits() == j.bits()
            && i.signed() == j.signed());
  }

  private static boolean isView(Type type) {
    return type instanceof Type.Str || type instanceof Type.Slice;
  }
}
