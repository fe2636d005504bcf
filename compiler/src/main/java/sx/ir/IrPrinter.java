package sx.ir;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import sx.type.Type;
import sx.type.TypeNames;
import sx.type.Types;

/**
 * The IR as text for people and goldens. Registers print as {@code %n}, slots as {@code $n}, blocks
 * as {@code bn}, functions and globals as {@code @name}.
 */
public final class IrPrinter {
  private final TypeNames names;
  private final StringBuilder out = new StringBuilder();

  private IrPrinter(TypeNames names) {
    this.names = names;
  }

  /** All globals, extern functions and functions that have been lowered, in program order. */
  public static String print(Program program) {
    IrPrinter printer = new IrPrinter(program.typeNames());
    List<Global> globals = List.copyOf(program.globals());
    globals.forEach(printer::global);
    for (Function f : List.copyOf(program.functions())) {
      if (f.isExtern() || f.isLowered()) {
        printer.blankLine();
        printer.function(f);
      }
    }
    return printer.out.toString();
  }

  /** One function. Its body is printed if it has been lowered. */
  public static String print(Function f, Program program) {
    IrPrinter printer = new IrPrinter(program.typeNames());
    printer.function(f);
    return printer.out.toString();
  }

  /** One global with its content. */
  public static String print(Global g, Program program) {
    IrPrinter printer = new IrPrinter(program.typeNames());
    printer.global(g);
    return printer.out.toString();
  }

  /** One instruction, on one line without line end. */
  public static String print(Inst inst, TypeNames names) {
    return new IrPrinter(names).inst(inst);
  }

  private void blankLine() {
    if (!out.isEmpty()) {
      out.append('\n');
    }
  }

  private void global(Global g) {
    out.append(g.mutable() ? "global " : "constant ").append(g).append(": ").append(type(g.type()));
    g.externSymbol().ifPresent(s -> out.append(" extern \"").append(s).append('"'));
    g.initial().ifPresent(d -> out.append(" = ").append(data(d)));
    out.append('\n');
  }

  /** Printable bytes as text, others escaped, then each relocation. */
  private static String data(Data d) {
    StringBuilder text = new StringBuilder("\"");
    for (byte b : d.bytes()) {
      if (b >= 32 && b < 127 && b != '"' && b != '\\') {
        text.append((char) b);
      } else {
        text.append(String.format(Locale.ROOT, "\\%02x", b & 0xff));
      }
    }
    text.append('"');
    for (Data.Relocation r : d.relocations()) {
      text.append(" [").append(r.offset()).append("]=").append(r.target());
      text.append(r.addend() == 0 ? "" : "+" + r.addend());
    }
    return text.toString();
  }

  private void function(Function f) {
    List<String> params = new ArrayList<>();
    for (int i = 0; i < f.params().size(); i++) {
      params.add("%" + i + ": " + type(f.params().get(i)));
    }
    if (f.variadic()) {
      params.add("...");
    }
    out.append("func ").append(f).append('(').append(String.join(", ", params)).append(')');
    if (!f.result().equals(Types.VOID)) {
      out.append(" -> ").append(type(f.result()));
    }
    f.externSymbol().ifPresent(s -> out.append(" extern \"").append(s).append('"'));
    f.exportSymbol().ifPresent(s -> out.append(" export \"").append(s).append('"'));
    if (f.isExtern() || !f.isLowered()) {
      out.append('\n');
      return;
    }
    out.append(" {\n");
    body(f.body());
    out.append("}\n");
  }

  private void body(Body body) {
    for (int i = 0; i < body.slots().size(); i++) {
      Body.Slot s = body.slots().get(i);
      out.append("  slot $").append(i).append(' ').append(s.name()).append(": ");
      out.append(type(s.type())).append('\n');
    }
    for (int i = 0; i < body.blocks().size(); i++) {
      Body.Block b = body.blocks().get(i);
      out.append('b').append(i).append(":\n");
      b.code().forEach(c -> out.append("  ").append(inst(c)).append('\n'));
      out.append("  ").append(end(b.end())).append('\n');
    }
  }

  private String inst(Inst inst) {
    return inst.result() < 0 ? action(inst) : "%" + inst.result() + " = " + action(inst);
  }

  private String action(Inst inst) {
    return switch (inst) {
      case Inst.ConstInt i -> "const " + type(i.type()) + " " + i.value();
      case Inst.ConstFloat i -> "const " + type(i.type()) + " " + i.value();
      case Inst.Zero i -> "zero " + type(i.type());
      case Inst.Undefined i -> "undefined " + type(i.type());
      case Inst.TypeTag i -> "type_tag " + type(i.value());
      case Inst.GlobalAddress i -> "address " + i.global();
      case Inst.FunctionAddress i -> "address " + i.function();
      case Inst.SlotAddress i -> "address $" + i.slot();
      case Inst.Load i -> "load " + type(i.type()) + ", %" + i.address();
      case Inst.Store i -> "store " + type(i.type()) + " %" + i.value() + ", %" + i.address();
      case Inst.FieldAddress i ->
          "field " + type(i.aggregate()) + ", %" + i.base() + ", " + i.index();
      case Inst.ElementAddress i ->
          "element " + type(i.element()) + ", %" + i.base() + ", %" + i.index();
      case Inst.ByteOffset i -> "offset %" + i.base() + ", %" + i.bytes();
      case Inst.Binary i ->
          word(i.op()) + " " + type(i.type()) + " %" + i.left() + ", %" + i.right();
      case Inst.Unary i -> word(i.op()) + " " + type(i.type()) + " %" + i.operand();
      case Inst.Compare i ->
          word(i.op()) + " " + type(i.operands()) + " %" + i.left() + ", %" + i.right();
      case Inst.Convert i ->
          word(i.kind()) + " " + type(i.from()) + " %" + i.operand() + " to " + type(i.to());
      case Inst.Aggregate i -> "aggregate " + type(i.type()) + registers("{", i.parts(), "}");
      case Inst.Extract i -> "extract " + type(i.aggregate()) + " %" + i.value() + ", " + i.index();
      case Inst.Call i -> "call " + i.callee() + registers("(", i.args(), ")");
      case Inst.CallIndirect i ->
          "call " + type(i.type()) + " %" + i.callee() + arguments(i.args(), i.argTypes());
      case Inst.CallVariadic i -> "call " + i.callee() + arguments(i.args(), i.argTypes());
      case Inst.Reflect i ->
          "reflect " + word(i.kind()) + " %" + i.type() + (i.index() < 0 ? "" : ", %" + i.index());
      case Inst.MathCall i -> word(i.op()) + " " + type(i.type()) + " %" + i.operand();
      case Inst.IsComptime i -> "is_comptime";
    };
  }

  private static String end(Terminator end) {
    return switch (end) {
      case Terminator.Jump j -> "jump b" + j.target();
      case Terminator.Branch b ->
          "branch %" + b.condition() + ", b" + b.then() + ", b" + b.otherwise();
      case Terminator.Switch s ->
          s.cases().stream()
              .map(c -> c.value() + ": b" + c.target() + ", ")
              .collect(
                  Collectors.joining("", "switch %" + s.value() + " ", "else: b" + s.otherwise()));
      case Terminator.Return r -> r.value() < 0 ? "return" : "return %" + r.value();
      case Terminator.Unreachable u -> "unreachable";
    };
  }

  private static String registers(String open, List<Integer> list, String close) {
    return list.stream().map(r -> "%" + r).collect(Collectors.joining(", ", open, close));
  }

  private String arguments(List<Integer> args, List<Type> types) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < args.size(); i++) {
      all.add(type(types.get(i)) + " %" + args.get(i));
    }
    return "(" + String.join(", ", all) + ")";
  }

  private String type(Type type) {
    return names.of(type);
  }

  private static String word(Enum<?> kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
