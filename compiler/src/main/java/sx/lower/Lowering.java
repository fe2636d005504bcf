package sx.lower;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import sx.ir.Data;
import sx.ir.Function;
import sx.ir.Global;
import sx.ir.IrBuilder;
import sx.ir.Program;
import sx.sema.tree.Constant;
import sx.sema.tree.GlobalVar;
import sx.sema.tree.Instance;
import sx.sema.tree.Local;
import sx.sema.tree.Tree;
import sx.source.SourceFile;
import sx.source.Span;
import sx.type.Type;
import sx.type.Types;

/**
 * Typed tree to IR. One object serves one program; what it is asked for is made once and added to
 * the program, function bodies when the engines first ask for them.
 */
public final class Lowering {
  /** Where the address of a module variable lies: views into an object have an addend. */
  record Home(Global global, long addend) {}

  private record ConstantKey(Type type, ByteBuffer bytes, List<Data.Relocation> relocations) {}

  private static final Span NOWHERE = new Span(SourceFile.ofText("<constant>", ""), 0, 0);

  private final Program program;
  private final Rewrite rewrite;
  private final Set<String> usedNames = new HashSet<>();
  private final Map<String, Integer> nameCounts = new HashMap<>();
  private final Map<Instance, Function> functions = new HashMap<>();
  private final Map<Function, Instance> instances = new HashMap<>();
  private final Map<GlobalVar, Home> globals = new HashMap<>();
  private final Map<Home, GlobalVar> variables = new HashMap<>();
  private final Map<ConstantKey, Global> constants = new HashMap<>();
  private final Deque<GlobalVar> undefined = new ArrayDeque<>();
  private boolean defining;
  private Supplier<Optional<GlobalVar>> defaultContext = Optional::empty;
  private final Equality equality = new Equality(this);

  public Lowering(Program program) {
    this(program, Rewrite.NONE);
  }

  public Lowering(Program program, Rewrite rewrite) {
    this.program = program;
    this.rewrite = rewrite;
  }

  /** Says where the default context of the program is found, once a function needs it. */
  public void defaultContext(Supplier<Optional<GlobalVar>> source) {
    defaultContext = source;
  }

  /** The default context; empty in a program whose functions take none. */
  Optional<GlobalVar> defaultContext() {
    return defaultContext.get();
  }

  public Program program() {
    return program;
  }

  Rewrite rewrite() {
    return rewrite;
  }

  Equality equality() {
    return equality;
  }

  /** The IR function of an instance. Its body is lowered when something asks for it. */
  public Function function(Instance instance) {
    Function known = functions.get(instance);
    if (known != null) {
      return known;
    }
    String name = unique(instance.name());
    Optional<String> export = instance.exportSymbol();
    if (instance.c() && export.isEmpty() && instance.externSymbol().isEmpty()) {
      export = Optional.of("sx.c." + name);
    }
    Function.BodySource body = f -> FunctionLowering.body(this, instance);
    Function made =
        instance.isAssembly()
            ? Function.ofAssembly(
                name, parameters(instance), instance.result(), export, body, instance::assembly)
            : new Function(
                name,
                parameters(instance),
                instance.result(),
                instance.variadic(),
                instance.externSymbol(),
                export,
                body);
    functions.put(instance, made);
    instances.put(made, instance);
    program.add(made);
    return made;
  }

  /** Where a function that was made of an instance is declared. */
  public Span placeOf(Function function) {
    return instance(function).span();
  }

  private static List<Type> parameters(Instance instance) {
    Stream<Type> declared =
        instance.params().stream().map(Local::type).filter(IrBuilder::hasResult);
    return (instance.takesContext()
            ? Stream.concat(Stream.of(Types.VOID_POINTER), declared)
            : declared)
        .toList();
  }

  /** The IR object of a module variable, with its initial content. */
  public Global global(GlobalVar variable) {
    return home(variable).global();
  }

  Home home(GlobalVar variable) {
    Home known = globals.get(variable);
    if (known != null) {
      return known;
    }
    Global made = new Global(unique(variable.name()), variable.type(), variable.mutable());
    variable.externSymbol().ifPresent(made::external);
    Home home = new Home(made, 0);
    globals.put(variable, home);
    variables.put(home, variable);
    program.add(made);
    if (variable.externSymbol().isEmpty()) {
      undefined.add(variable);
      defineGlobals();
    }
    return home;
  }

  /** Encodes contents one after another, so that long chains of globals need no deep stack. */
  private void defineGlobals() {
    if (defining) {
      return;
    }
    defining = true;
    try {
      while (!undefined.isEmpty()) {
        GlobalVar next = undefined.remove();
        if (!(next.initial() instanceof Constant.Zero)) {
          global(next).define(encode(next.type(), next.initial()));
        }
      }
    } finally {
      defining = false;
    }
  }

  /** The bytes of a constant at the target's layout. */
  public Data encode(Type type, Constant value) {
    return new Encoder(this).encode(type, value);
  }

  /** The constant that has these bytes: the reverse of {@link #encode}. */
  public Constant decode(Type type, Data data) {
    return new Decoder(this, data).decode(type);
  }

  /**
   * A function without parameters that returns the value of an expression. It is not added to the
   * program.
   */
  public Function thunk(String name, Tree.Expr value) {
    return new Function(
        unique(name),
        List.of(),
        value.type(),
        false,
        Optional.empty(),
        Optional.empty(),
        f -> FunctionLowering.thunk(this, value));
  }

  /** A read-only object that holds a constant; equal ones share one. */
  Global constant(Type type, Constant value) {
    Data data = encode(type, value);
    ConstantKey key = new ConstantKey(type, ByteBuffer.wrap(data.bytes()), data.relocations());
    Global known = constants.get(key);
    if (known != null) {
      return known;
    }
    Global made = new Global(unique("const"), type, false);
    made.define(data);
    constants.put(key, made);
    program.add(made);
    return made;
  }

  /** The instance that a function of this lowering was made for. */
  Instance instance(Function function) {
    Instance known = instances.get(function);
    if (known == null) {
      throw new IllegalArgumentException("address of a function without instance: " + function);
    }
    return known;
  }

  /** A module variable at an address; one is made where the source has none. */
  GlobalVar variable(Global global, long addend) {
    Home home = new Home(global, addend);
    GlobalVar known = variables.get(home);
    if (known != null) {
      return known;
    }
    GlobalVar made =
        new GlobalVar(
            global.name(), global.type(), global.mutable(), NOWHERE, global.externSymbol());
    globals.put(made, home);
    variables.put(home, made);
    return made;
  }

  /** A name that no function or global of the program has: the base, or the base and a number. */
  String unique(String base) {
    int count = nameCounts.getOrDefault(base, 0);
    String name = count == 0 ? base : base + "." + count;
    count++;
    while (!usedNames.add(name)) {
      name = base + "." + count++;
    }
    nameCounts.put(base, count);
    return name;
  }
}
