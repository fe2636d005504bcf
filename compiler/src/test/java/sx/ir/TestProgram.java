package sx.ir;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import sx.source.SourceFile;
import sx.source.Span;
import sx.type.Type;
import sx.type.TypeTable;

/** A program built by hand, for tests. */
public final class TestProgram {
  public static final Span SPAN =
      new Span(SourceFile.ofText("test.sx", "line one\nline two\n"), 0, 4);

  public final Program program = new Program(new TypeTable());

  /** Adds a function whose body the consumer emits when it is first asked for. */
  public Function function(String name, List<Type> params, Type result, Consumer<IrBuilder> body) {
    Function f =
        new Function(
            name,
            params,
            result,
            false,
            Optional.empty(),
            Optional.empty(),
            self -> {
              IrBuilder b = new IrBuilder(params.size(), SPAN);
              body.accept(b);
              return b.finish(SPAN);
            });
    program.add(f);
    return f;
  }

  /** Adds a C function. */
  public Function extern(String symbol, List<Type> params, Type result, boolean variadic) {
    Function f =
        new Function(
            symbol,
            params,
            result,
            variadic,
            Optional.of(symbol),
            Optional.empty(),
            self -> {
              throw new AssertionError();
            });
    program.add(f);
    return f;
  }

  public Type.Struct struct(String name, Type... fields) {
    Type.Struct s = program.types().declareStruct(name);
    java.util.ArrayList<TypeTable.Field> all = new java.util.ArrayList<>();
    for (int i = 0; i < fields.length; i++) {
      all.add(new TypeTable.Field("f" + i, fields[i]));
    }
    program.types().define(s, all);
    return s;
  }

  public Global global(String name, Type type, boolean mutable, byte[] content) {
    Global g = new Global(name, type, mutable);
    g.define(new Data(content, List.of()));
    program.add(g);
    return g;
  }
}
