package sx.llvm;

import sx.ir.Global;
import sx.ir.Inst;
import sx.ir.Reflection;
import sx.llvm.Shapes.Leaf;
import sx.llvm.Shapes.Shape;
import sx.type.Type;

/**
 * Questions to the type tables: answered here where the type is a constant of the function, else by
 * a function of {@link ReflectionTables}.
 */
final class Reflections {
  private final ModuleState module;
  private final FunctionText text;
  private final Type[] known;

  Reflections(ModuleState module, FunctionText text, int registers) {
    this.module = module;
    this.text = text;
    this.known = new Type[registers];
  }

  /** Notes that a register holds the tag of a type. */
  void isType(int register, Type type) {
    known[register] = type;
  }

  void emit(Inst.Reflect i) {
    Shape shape = module.shapes.of(Reflection.resultType(i.kind()));
    if (known[i.type()] != null && i.index() < 0) {
      fold(i, shape, known[i.type()]);
      return;
    }
    String type = shape.returnType();
    String value = text.define();
    text.code().append("call fastcc ").append(type).append(' ');
    text.code().append(module.tables.function(i.kind())).append("(i64 ");
    text.code().append(text.scalar(i.type()));
    if (i.index() >= 0) {
      text.code().append(", i64 ").append(text.scalar(i.index()));
    }
    text.code().append(')');
    text.end();
    if (shape.leaves().size() == 1) {
      text.set(i.result(), shape, value);
      return;
    }
    text.set(i.result(), shape, part(type, value, 0), part(type, value, 1));
  }

  private String part(String type, String whole, int index) {
    String value = text.define();
    text.code().append("extractvalue ").append(type).append(' ').append(whole).append(", ");
    text.code().append(index);
    text.end();
    return value;
  }

  private void fold(Inst.Reflect i, Shape shape, Type type) {
    Reflection reflection = module.tables.reflection();
    if (shape.leaves().size() == 2) {
      String name = ReflectionTables.bytesOf(reflection.text(i.kind(), type, 0));
      Global global = module.program.text(name);
      text.set(i.result(), shape, module.symbols.of(global), Integer.toString(name.length()));
      return;
    }
    Leaf leaf = shape.leaves().getFirst();
    long answer = reflection.number(i.kind(), type, 0);
    text.set(i.result(), shape, Constants.integer(leaf.machine(), answer));
  }
}
