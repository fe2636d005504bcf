package sx.sema;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import sx.syntax.Ast;

/** Names, numbers and the form of constraints of the operands of one asm expression (asm.op). */
final class AsmOperands {
  private static final Pattern REGISTER = Pattern.compile("[=+&]*\\{([^}]*)\\}");

  private AsmOperands() {}

  static String constraint(Ast.AsmOperand o) {
    return new String(o.constraint().value(), StandardCharsets.UTF_8);
  }

  static boolean isOutput(Ast.AsmOperand o) {
    return o.input().isEmpty();
  }

  /** Whether it names a function, whose symbol becomes part of the text (asm.in.2). */
  static boolean isSymbol(Ast.AsmOperand o) {
    return o.input().isPresent() && constraint(o).equals("s");
  }

  /** Whether it is a number in the text (asm.in.4). */
  static boolean isConstant(Ast.AsmOperand o) {
    return o.input().isPresent() && (constraint(o).equals("i") || constraint(o).equals("n"));
  }

  /** The register that a constraint pins. */
  private static Optional<String> register(Ast.AsmOperand o) {
    Matcher m = REGISTER.matcher(constraint(o));
    return m.matches() ? Optional.of(m.group(1)) : Optional.empty();
  }

  /** The given name, else that of the pinned register (asm.op.2). */
  static Optional<String> name(Ast.AsmOperand o) {
    return o.name().map(Ast.Name::text).or(() -> register(o));
  }

  /** What is wrong with names and constraints. */
  static Optional<String> problem(Ast.Asm asm) {
    Set<String> given = new HashSet<>();
    for (Ast.AsmOperand o : asm.operands()) {
      String name = o.name().map(Ast.Name::text).orElse("");
      if (!name.isEmpty() && register(o).equals(Optional.of(name))) {
        return Optional.of(
            "the name `" + name + "` is superfluous: the operand has that of its register anyway");
      }
      if (!name.isEmpty() && !given.add(name)) {
        return Optional.of("two operands of this `asm` have the name `" + name + "`");
      }
      String constraint = constraint(o);
      boolean reads = constraint.startsWith("+");
      if (isOutput(o) && !reads && !constraint.startsWith("=")) {
        return Optional.of("the constraint of an output begins with `=`: \"=" + constraint + "\"");
      }
      if (reads && o.type().isPresent()) {
        return Optional.of(
            "a value output cannot be read: `+` is for places; give the value as an input as well");
      }
    }
    return Optional.empty();
  }

  /** The numbers of operands by effective name; of equal names the first (asm.tmpl.4). */
  static Map<String, Integer> numbers(List<Ast.AsmOperand> numbered) {
    Map<String, Integer> numbers = new HashMap<>();
    for (int i = 0; i < numbered.size(); i++) {
      int number = i;
      name(numbered.get(i)).ifPresent(n -> numbers.putIfAbsent(n, number));
    }
    return numbers;
  }
}
