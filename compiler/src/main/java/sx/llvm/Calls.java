package sx.llvm;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import sx.ir.Function;
import sx.ir.Inst;
import sx.llvm.CAbi.Passing;
import sx.llvm.CAbi.Piece;
import sx.llvm.CAbi.Signature;
import sx.llvm.Shapes.Leaf;
import sx.llvm.Shapes.Shape;
import sx.type.Type;
import sx.type.Types;

/**
 * Function headers, parameters, returns and calls, in the internal convention and in that of C.
 *
 * <p>The internal convention is LLVM's {@code fastcc} with one LLVM parameter for each leaf of a
 * value, the address of a snapshot for a value in memory, and {@code sret} for a result in memory.
 */
final class Calls {
  private final Shapes shapes;
  private final CAbi abi;
  private final Symbols symbols;
  private final FunctionText text;
  private final CConvention c;

  Calls(Shapes shapes, CAbi abi, Symbols symbols, FunctionText text) {
    this.shapes = shapes;
    this.abi = abi;
    this.symbols = symbols;
    this.text = text;
    this.c = new CConvention(shapes, text);
  }

  static boolean isC(Function f) {
    return f.isExtern() || f.exportSymbol().isPresent();
  }

  /** How many LLVM parameters a function has. */
  static int parameterCount(Function f, Shapes shapes, CAbi abi) {
    if (isC(f)) {
      Signature s = abi.signature(f.result(), f.params());
      int count = s.result() instanceof Passing.ByAddress ? 1 : 0;
      for (Passing p : s.params()) {
        count +=
            switch (p) {
              case Passing.Nothing n -> 0;
              case Passing.Pieces pieces -> pieces.pieces().size();
              case Passing.OnStack o -> 1;
              case Passing.ByAddress a -> 1;
            };
      }
      return count;
    }
    int count = shapes.of(f.result()).inMemory() ? 1 : 0;
    for (Type t : f.params()) {
      Shape shape = shapes.of(t);
      count += shape.inMemory() ? 1 : shape.leaves().size();
    }
    return count;
  }

  /** The header of a definition; parameters are named by number. Sets the parameter registers. */
  String enter(Function f) {
    return isC(f) ? enterC(f) : enterInternal(f);
  }

  private String enterInternal(Function f) {
    Shape result = shapes.of(f.result());
    StringBuilder out = new StringBuilder("define internal fastcc ");
    out.append(result.returnType()).append(' ').append(symbols.of(f)).append('(');
    int next = 0;
    if (result.inMemory()) {
      out.append("ptr noalias nocapture writeonly ");
      out.append(CConvention.pointee("sret", result.size(), result.align())).append(" %0");
      next++;
    }
    for (int i = 0; i < f.params().size(); i++) {
      Shape shape = shapes.of(f.params().get(i));
      if (shape.inMemory()) {
        separate(out, next).append("ptr noalias nocapture readonly align ").append(shape.align());
        out.append(" dereferenceable(").append(shape.size()).append(") %").append(next);
        text.set(i, shape, "%" + next++);
        continue;
      }
      String[] leaves = new String[shape.leaves().size()];
      for (int k = 0; k < leaves.length; k++) {
        leaves[k] = "%" + next;
        separate(out, next++)
            .append(shape.leaves().get(k).register())
            .append(' ')
            .append(leaves[k]);
      }
      text.set(i, shape, leaves);
    }
    return out.append(") ").append(attributes(f.result())).toString();
  }

  private static StringBuilder separate(StringBuilder out, int count) {
    return out.append(count == 0 ? "" : ", ");
  }

  private String enterC(Function f) {
    Signature signature = abi.signature(f.result(), f.params());
    StringBuilder out = new StringBuilder("define ");
    if (signature.result() instanceof Passing.Pieces p) {
      out.append(p.pieces().getFirst().extension().text);
    }
    out.append(CConvention.resultType(signature.result())).append(' ');
    out.append(symbols.of(f)).append('(');
    int next = 0;
    if (signature.result() instanceof Passing.ByAddress) {
      Shape shape = shapes.of(f.result());
      out.append("ptr noalias ");
      out.append(CConvention.pointee("sret", shape.size(), shape.align())).append(" %0");
      next++;
    }
    for (int i = 0; i < f.params().size(); i++) {
      Type type = f.params().get(i);
      Shape shape = shapes.of(type);
      switch (signature.params().get(i)) {
        case Passing.Nothing n -> text.set(i, shape);
        case Passing.OnStack o -> {
          separate(out, next).append("ptr ");
          out.append(CConvention.pointee("byval", shape.size(), o.align()))
              .append(" %")
              .append(next);
          c.fromAddress(shape, i, "%" + next++);
        }
        case Passing.ByAddress a -> {
          separate(out, next).append("ptr %").append(next);
          c.fromAddress(shape, i, "%" + next++);
        }
        case Passing.Pieces p -> {
          String[] arrived = new String[p.pieces().size()];
          for (int k = 0; k < arrived.length; k++) {
            arrived[k] = "%" + next;
            separate(out, next++).append(p.pieces().get(k).type()).append(' ').append(arrived[k]);
          }
          c.join(type, i, p.pieces(), arrived);
        }
      }
    }
    return out.append(") ").append(attributes(f.result())).toString();
  }

  private static String attributes(Type result) {
    return result instanceof Type.NoReturn ? "#1" : "#0";
  }

  /** The declaration of a C function that is defined elsewhere. */
  static String declaration(Function f, String name, CAbi abi) {
    Signature s = foreign(abi.signature(f.result(), f.params()), f.params(), abi);
    List<String> types = types(s, s.params().size());
    if (f.variadic()) {
      types.add("...");
    }
    return "declare "
        + CConvention.resultType(s.result())
        + " "
        + name
        + "("
        + String.join(", ", types)
        + ") "
        + attributes(f.result());
  }

  /**
   * How a foreign function is called: of a string or slice it gets the address only (ffi.str.3).
   *
   * @param declared the types of its parameters, without the variadic tail
   */
  private static Signature foreign(Signature s, List<Type> declared, CAbi abi) {
    List<Passing> params = new ArrayList<>(s.params());
    for (int i = 0; i < declared.size(); i++) {
      boolean view = declared.get(i) instanceof Type.Str || declared.get(i) instanceof Type.Slice;
      if (view) {
        params.set(i, abi.signature(Types.VOID, List.of(Types.VOID_POINTER)).params().getFirst());
      }
    }
    return new Signature(s.result(), params);
  }

  private static List<String> types(Signature s, int params) {
    List<String> types = new ArrayList<>();
    if (s.result() instanceof Passing.ByAddress) {
      types.add("ptr");
    }
    for (Passing p : s.params().subList(0, params)) {
      switch (p) {
        case Passing.Nothing n -> {}
        case Passing.Pieces pieces -> pieces.pieces().forEach(piece -> types.add(piece.type()));
        case Passing.OnStack o -> types.add("ptr");
        case Passing.ByAddress a -> types.add("ptr");
      }
    }
    return types;
  }

  // returns

  /** Returns the value of a register, or a value that {@code place} can write. */
  void giveBack(Function f, int register, Consumer<String> place) {
    Shape shape = shapes.of(f.result());
    if (register < 0 || shape.isNothing()) {
      finish("void", "");
    } else if (!isC(f)) {
      giveBackInternal(shape, register, place);
    } else if (abi.signature(f.result(), f.params()).result() instanceof Passing.Pieces p) {
      String[] pieces = c.split(shape, register, p.pieces(), place);
      finish(p.pieces().stream().map(Piece::type).toList(), pieces);
    } else {
      place.accept("%0");
      finish("void", "");
    }
  }

  private void giveBackInternal(Shape shape, int register, Consumer<String> place) {
    if (shape.inMemory()) {
      place.accept("%0");
      finish("void", "");
    } else {
      finish(shape.leaves().stream().map(Leaf::register).toList(), text.leaves(register));
    }
  }

  private void finish(List<String> types, String[] values) {
    if (types.size() == 1) {
      finish(types.getFirst(), values[0]);
      return;
    }
    String whole = "{ " + String.join(", ", types) + " }";
    String built = "poison";
    for (int i = 0; i < values.length; i++) {
      String next = text.define();
      text.code().append("insertvalue ").append(whole).append(' ').append(built).append(", ");
      text.code().append(types.get(i)).append(' ').append(values[i]).append(", ").append(i);
      text.end();
      built = next;
    }
    finish(whole, built);
  }

  private void finish(String type, String value) {
    text.line().append("ret ").append(type);
    if (!value.isEmpty()) {
      text.code().append(' ').append(value);
    }
    text.end();
  }

  // calls

  void call(Inst.Call i) {
    Function f = i.callee();
    if (isC(f)) {
      Signature s = abi.signature(f.result(), f.params());
      Signature used = f.isExtern() ? foreign(s, f.params(), abi) : s;
      callC(i.result(), f.result(), f.params(), used, -1, i.args(), symbols.of(f));
    } else {
      callInternal(i.result(), f.result(), f.params(), i.args(), symbols.of(f));
    }
  }

  void call(Inst.CallIndirect i) {
    String target = text.scalar(i.callee());
    Type.Function type = i.type();
    if (type.c()) {
      int fixed = type.variadic() ? type.params().size() : -1;
      Signature s = abi.signature(type.result(), i.argTypes());
      callC(i.result(), type.result(), i.argTypes(), s, fixed, i.args(), target);
    } else {
      callInternal(i.result(), type.result(), i.argTypes(), i.args(), target);
    }
  }

  void call(Inst.CallVariadic i) {
    Function f = i.callee();
    Signature s = abi.signature(f.result(), i.argTypes());
    Signature used = f.isExtern() ? foreign(s, f.params(), abi) : s;
    callC(i.result(), f.result(), i.argTypes(), used, f.params().size(), i.args(), symbols.of(f));
  }

  private void callInternal(
      int result, Type resultType, List<Type> types, List<Integer> args, String target) {
    Shape shape = shapes.of(resultType);
    StringBuilder list = new StringBuilder();
    String memory = "";
    if (shape.inMemory()) {
      memory = text.storage(shape);
      list.append("ptr noalias ");
      list.append(CConvention.pointee("sret", shape.size(), shape.align()))
          .append(' ')
          .append(memory);
    }
    for (int i = 0; i < args.size(); i++) {
      Shape param = shapes.of(types.get(i));
      if (param.inMemory()) {
        separate(list, list.length()).append("ptr ").append(text.scalar(args.get(i)));
      }
      for (int k = 0; k < param.leaves().size(); k++) {
        separate(list, list.length()).append(param.leaves().get(k).register()).append(' ');
        list.append(text.leaves(args.get(i))[k]);
      }
    }
    String type = shape.returnType();
    String value = emitCall("call fastcc ", type, target, list, resultType);
    if (shape.inMemory()) {
      text.set(result, shape, memory);
    } else {
      List<String> leaves = shape.leaves().stream().map(Leaf::register).toList();
      text.set(result, shape, take(type, leaves, value));
    }
  }

  /** Writes a call; the value that it gives, if its type is not void. */
  private String emitCall(
      String keyword, String type, String target, CharSequence args, Type resultType) {
    String value = "";
    if (type.startsWith("void")) {
      text.line();
    } else {
      value = text.define();
    }
    text.code().append(keyword).append(type).append(' ').append(target).append('(');
    text.code().append(args).append(") ").append(attributes(resultType));
    text.end();
    return value;
  }

  /** The parts of what a call gave. */
  private String[] take(String type, List<String> types, String value) {
    if (types.size() == 1) {
      return new String[] {value};
    }
    String[] parts = new String[types.size()];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = text.define();
      text.code().append("extractvalue ").append(type).append(' ').append(value);
      text.code().append(", ").append(i);
      text.end();
    }
    return parts;
  }

  /**
   * A call by the rules of C.
   *
   * @param fixed how many of the arguments come before the variadic tail; -1 if there is none
   */
  private void callC(
      int result,
      Type resultType,
      List<Type> types,
      Signature signature,
      int fixed,
      List<Integer> args,
      String target) {
    Shape shape = shapes.of(resultType);
    StringBuilder list = new StringBuilder();
    String memory = "";
    if (signature.result() instanceof Passing.ByAddress) {
      memory = text.storage(shape);
      list.append("ptr ");
      list.append(CConvention.pointee("sret", shape.size(), shape.align()))
          .append(' ')
          .append(memory);
    }
    for (int i = 0; i < args.size(); i++) {
      argumentC(types.get(i), args.get(i), signature.params().get(i), list);
    }
    String returned = CConvention.resultType(signature.result());
    String type = returned;
    if (fixed >= 0) {
      List<String> named = types(signature, fixed);
      named.add("...");
      type = returned + " (" + String.join(", ", named) + ")";
    }
    String value = emitCall("call ", type, target, list, resultType);
    switch (signature.result()) {
      case Passing.Pieces p -> {
        List<String> pieces = p.pieces().stream().map(Piece::type).toList();
        c.join(resultType, result, p.pieces(), take(returned, pieces, value));
      }
      case Passing.ByAddress a -> c.fromAddress(shape, result, memory);
      default -> text.set(result, shape);
    }
  }

  private void argumentC(Type type, int register, Passing passing, StringBuilder list) {
    Shape shape = shapes.of(type);
    switch (passing) {
      case Passing.Nothing n -> {}
      case Passing.OnStack o -> {
        String address = shape.inMemory() ? text.scalar(register) : c.copy(shape, register);
        separate(list, list.length()).append("ptr ");
        list.append(CConvention.pointee("byval", shape.size(), o.align()));
        list.append(' ').append(address);
      }
      case Passing.ByAddress a ->
          separate(list, list.length()).append("ptr ").append(c.copy(shape, register));
      case Passing.Pieces p -> {
        String[] values = c.split(type, register, p.pieces());
        for (int k = 0; k < values.length; k++) {
          Piece piece = p.pieces().get(k);
          separate(list, list.length()).append(piece.type()).append(' ');
          list.append(piece.extension().text).append(values[k]);
        }
      }
    }
  }
}
