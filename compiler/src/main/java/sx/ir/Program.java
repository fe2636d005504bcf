package sx.ir;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sx.type.Layout;
import sx.type.TypeNames;
import sx.type.TypeTable;

/**
 * What one compilation has lowered: functions and globals, in a deterministic order.
 *
 * <p>Function bodies are made on first request ({@link Function#body}), so that the compile-time
 * engine and the emitter see only what is reached.
 */
public final class Program {
  private final TypeTable types;
  private final Layout layout;
  private final TypeNames names;
  private final List<Function> functions = new ArrayList<>();
  private final List<Global> globals = new ArrayList<>();
  private final List<String> assembly = new ArrayList<>();
  private final Map<String, Global> strings = new LinkedHashMap<>();

  public Program(TypeTable types) {
    this.types = types;
    this.layout = new Layout(types);
    this.names = new TypeNames(types);
  }

  public TypeTable types() {
    return types;
  }

  public Layout layout() {
    return layout;
  }

  public TypeNames typeNames() {
    return names;
  }

  public void add(Function f) {
    functions.add(f);
  }

  public void add(Global g) {
    globals.add(g);
  }

  /** Adds a block of global assembly (asm.glob.1). */
  public void addAssembly(String text) {
    assembly.add(text);
  }

  /** The blocks of global assembly, in their order. */
  public List<String> assembly() {
    return assembly;
  }

  public List<Function> functions() {
    return functions;
  }

  public List<Global> globals() {
    return globals;
  }

  /**
   * A read-only global that holds the bytes followed by a NUL (types.str.2). Equal texts share one.
   *
   * @param key the bytes decoded as ISO-8859-1, so that it identifies them
   */
  public Global text(String key) {
    return strings.computeIfAbsent(
        key,
        k -> {
          byte[] data = new byte[k.length() + 1];
          for (int i = 0; i < k.length(); i++) {
            data[i] = (byte) k.charAt(i);
          }
          Global g =
              new Global(
                  "str." + strings.size(),
                  new sx.type.Type.Array(sx.type.Types.U8, data.length),
                  false);
          g.define(new Data(data, List.of()));
          add(g);
          return g;
        });
  }
}
