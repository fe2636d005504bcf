package sx.llvm;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import sx.type.AsmCode;
import sx.type.AsmCode.Kind;
import sx.type.AsmCode.Operand;
import sx.type.Layout;
import sx.type.Type;

/** Functions that consist of assembly, as LLVM's inline assembly. */
final class Assembly {
  private final Layout layout;
  private final boolean x86;

  Assembly(Layout layout, boolean x86) {
    this.layout = layout;
    this.x86 = x86;
  }

  /**
   * The body of a naked function.
   *
   * @param code without operands but constants
   */
  String naked(AsmCode code) {
    return "  call void asm sideeffect "
        + quoted(template(code))
        + ", "
        + quoted(constraints(code))
        + '('
        + String.join(", ", arguments(code, List.of()))
        + ")\n  unreachable\n";
  }

  /** The definition of an asm expression: all parameters are addresses. */
  String function(String name, AsmCode code, String linkage) {
    StringBuilder out = new StringBuilder("define ").append(linkage).append("void ").append(name);
    int params = (int) code.operands().stream().filter(Operand::hasAddress).count();
    List<String> list = new ArrayList<>();
    for (int i = 0; i < params; i++) {
      list.add("ptr %p" + i);
    }
    out.append('(').append(String.join(", ", list)).append(") #0 alwaysinline {\n");
    List<String> values = new ArrayList<>();
    int param = 0;
    for (int i = 0; i < code.operands().size(); i++) {
      Operand o = code.operands().get(i);
      boolean loaded = o.kind() == Kind.INPUT || o.kind() == Kind.IN_OUT;
      if (loaded) {
        out.append("  %v").append(i).append(" = load ").append(type(o.type()));
        out.append(", ptr %p").append(param).append(", align 1\n");
      }
      values.add(loaded ? "%v" + i : "%p" + param);
      param += o.hasAddress() ? 1 : 0;
    }
    call(out, code, values);
    return out.append("  ret void\n}\n\n").toString();
  }

  private void call(StringBuilder out, AsmCode code, List<String> values) {
    List<Integer> results = new ArrayList<>();
    for (int i = 0; i < code.operands().size(); i++) {
      if (inRegister(code.operands().get(i).kind())) {
        results.add(i);
      }
    }
    List<String> types = results.stream().map(i -> type(code.operands().get(i).type())).toList();
    String type =
        switch (types.size()) {
          case 0 -> "void";
          case 1 -> types.getFirst();
          default -> "{ " + String.join(", ", types) + " }";
        };
    out.append(types.isEmpty() ? "  call " : "  %r = call ").append(type).append(" asm ");
    out.append(code.isVolatile() ? "sideeffect " : "").append(x86 ? "alignstack " : "");
    out.append(quoted(template(code))).append(", ").append(quoted(constraints(code)));
    out.append('(').append(String.join(", ", arguments(code, values))).append(")\n");
    for (int k = 0; k < results.size(); k++) {
      String value = "%r";
      if (results.size() > 1) {
        value = "%r" + k;
        out.append("  ").append(value).append(" = extractvalue ").append(type);
        out.append(" %r, ").append(k).append('\n');
      }
      store(out, code, results.get(k), value);
    }
  }

  /** Bits beyond those of a narrow type are anything (asm.con.3). */
  private void store(StringBuilder out, AsmCode code, int operand, String value) {
    Type machine = machine(code.operands().get(operand).type());
    String type = type(code.operands().get(operand).type());
    String stored = value;
    boolean isBool = machine instanceof Type.Bool;
    int bits = isBool ? 1 : machine instanceof Type.Int i ? i.bits() : 0;
    if (bits > 0 && bits < Shapes.memoryBits(machine)) {
      String narrow = "%n" + operand;
      stored = "%w" + operand;
      out.append("  ").append(narrow).append(" = trunc ").append(type).append(' ').append(value);
      out.append(" to i").append(bits).append("\n  ").append(stored).append(" = ");
      out.append(Shapes.isSigned(machine) ? "sext" : "zext").append(" i").append(bits);
      out.append(' ').append(narrow).append(" to ").append(type).append('\n');
    }
    int param = 0;
    for (int i = 0; i < operand; i++) {
      param += code.operands().get(i).hasAddress() ? 1 : 0;
    }
    out.append("  store ").append(type).append(' ').append(stored);
    out.append(", ptr %p").append(param).append(", align 1\n");
  }

  private static boolean inRegister(Kind kind) {
    return kind == Kind.OUTPUT || kind == Kind.IN_OUT;
  }

  private static boolean inMemory(Kind kind) {
    return kind == Kind.MEMORY_OUT || kind == Kind.MEMORY_IN_OUT || kind == Kind.MEMORY_IN;
  }

  /** In the order of the constraints: addresses of outputs in memory, inputs, loaded outputs. */
  private List<String> arguments(AsmCode code, List<String> values) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < code.operands().size(); i++) {
      Operand o = code.operands().get(i);
      switch (o.kind()) {
        case OUTPUT, IN_OUT -> {}
        case CONSTANT -> all.add("i64 " + o.value());
        case INPUT -> all.add(type(o.type()) + " " + values.get(i));
        case MEMORY_OUT, MEMORY_IN_OUT, MEMORY_IN -> all.add(memory(o, values.get(i)));
      }
    }
    for (int i = 0; i < code.operands().size(); i++) {
      Operand o = code.operands().get(i);
      if (o.kind() == Kind.IN_OUT) {
        all.add(type(o.type()) + " " + values.get(i));
      } else if (o.kind() == Kind.MEMORY_IN_OUT) {
        all.add(memory(o, values.get(i)));
      }
    }
    return all;
  }

  private String memory(Operand o, String address) {
    return "ptr elementtype(" + storage(o.type()) + ") " + address;
  }

  private String constraints(AsmCode code) {
    List<String> all = new ArrayList<>();
    for (Operand o : code.operands()) {
      String prefix = (o.isOutput() ? "=" : "") + (inMemory(o.kind()) ? "*" : "");
      String text = o.constraint();
      boolean early = text.startsWith("&");
      all.add(
          (early ? "=&" + (inMemory(o.kind()) ? "*" : "") : prefix)
              + (early ? text.substring(1) : text).replace(',', '|'));
    }
    for (int i = 0; i < code.operands().size(); i++) {
      Operand o = code.operands().get(i);
      if (o.kind() == Kind.IN_OUT) {
        all.add(Integer.toString(i));
      } else if (o.kind() == Kind.MEMORY_IN_OUT) {
        all.add("*" + o.constraint());
      }
    }
    code.clobbers().forEach(c -> all.add("~{" + c + "}"));
    if (!x86) {
      all.replaceAll(Assembly::renamed);
    }
    if (x86) {
      all.addAll(List.of("~{dirflag}", "~{fpsr}", "~{flags}"));
    }
    return String.join(",", all);
  }

  /** LLVM knows two registers of aarch64 by what they are for only. */
  private static String renamed(String constraint) {
    return constraint.replace("{x29}", "{fp}").replace("{x30}", "{lr}");
  }

  private String template(AsmCode code) {
    StringBuilder out = new StringBuilder();
    for (AsmCode.Piece piece : code.template()) {
      switch (piece) {
        case AsmCode.Text(String text) -> out.append(text.replace("$", "$$"));
        case AsmCode.Reference(int operand, String modifier) ->
            out.append("${")
                .append(operand)
                .append(modifier.isEmpty() ? "" : ":" + modifier)
                .append('}');
        case AsmCode.Unique() -> out.append("${:uid}");
      }
    }
    return out.toString();
  }

  private Type machine(Type type) {
    return layout.machine(type);
  }

  /** As a register holds it. */
  private String type(Type type) {
    if (type instanceof Type.Vector v) {
      Type element = machine(v.element());
      long lanes = layout.size(v) / layout.size(v.element());
      return "<" + lanes + " x " + Shapes.memoryType(element) + ">";
    }
    return Shapes.memoryType(machine(type));
  }

  private String storage(Type type) {
    return layout.isScalar(type) ? type(type) : "[" + layout.size(type) + " x i8]";
  }

  /** A text as a string of LLVM's assembly. */
  static String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      int c = b & 0xff;
      if (c < ' ' || c >= 0x7f || c == '"' || c == '\\') {
        out.append('\\').append(String.format("%02X", c));
      } else {
        out.append((char) c);
      }
    }
    return out.append('"').toString();
  }
}
