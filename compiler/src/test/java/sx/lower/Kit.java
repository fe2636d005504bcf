package sx.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import sx.comptime.Outcome;
import sx.comptime.Vm;
import sx.comptime.VmOptions;
import sx.ir.Data;
import sx.ir.Function;
import sx.ir.Program;
import sx.ir.Verifier;
import sx.sema.tree.Constant;
import sx.sema.tree.GlobalVar;
import sx.sema.tree.Instance;
import sx.sema.tree.Local;
import sx.sema.tree.Tree;
import sx.sema.tree.Tree.Expr;
import sx.sema.tree.Tree.Stmt;
import sx.source.SourceFile;
import sx.source.Span;
import sx.type.Type;
import sx.type.TypeTable;
import sx.type.Types;

/** Makes typed trees by hand, lowers them, and runs them in the compile-time engine. */
final class Kit {
  static final Span AT = new Span(SourceFile.ofText("test.sx", "test"), 0, 4);

  final TypeTable types = new TypeTable();
  final Program program = new Program(types);
  final Lowering lowering = new Lowering(program);

  // ------------------------------------------------------------------ running

  /** The value of an expression, computed by the engine from verified IR. */
  Constant run(Expr e) {
    return lowering.decode(e.type(), bytes(e));
  }

  Data bytes(Expr e) {
    Function thunk = lowering.thunk("thunk", e);
    assertEquals(List.of(), Verifier.verify(thunk, program));
    verifyAll();
    try (Vm vm =
        new Vm(
            program,
            VmOptions.standard(OutputStream.nullOutputStream(), OutputStream.nullOutputStream()))) {
      Outcome outcome = vm.call(thunk);
      verifyAll();
      if (outcome instanceof Outcome.Value v) {
        return v.data();
      }
      throw new AssertionError(outcome.toString());
    }
  }

  private void verifyAll() {
    for (int i = 0; i < program.functions().size(); i++) {
      if (!program.functions().get(i).isExtern()) {
        program.functions().get(i).body();
      }
    }
    assertEquals(List.of(), Verifier.verify(program));
  }

  long number(Expr e) {
    return ((Constant.Int) run(e)).value();
  }

  boolean truth(Expr e) {
    return number(e) != 0;
  }

  // ------------------------------------------------------------------ declarations

  static Instance function(String name, List<Local> params, Type result, Stmt... body) {
    return new Instance(
        name,
        params,
        result,
        Instance.Convention.SX,
        Optional.empty(),
        Optional.empty(),
        AT,
        () -> block(body));
  }

  static Local local(String name, Type type) {
    return new Local(name, type, AT);
  }

  static GlobalVar global(String name, Type type, Constant initial) {
    GlobalVar g = new GlobalVar(name, type, true, AT, Optional.empty());
    g.initial(initial);
    return g;
  }

  Type.Struct struct(String name, Type... fields) {
    Type.Struct s = types.declareStruct(name);
    List<TypeTable.Field> list = new ArrayList<>();
    for (Type t : fields) {
      list.add(new TypeTable.Field("f" + list.size(), t));
    }
    types.define(s, list);
    return s;
  }

  // ------------------------------------------------------------------ expressions

  static Expr i(long value) {
    return constant(Types.I64, new Constant.Int(value));
  }

  static Expr bool(boolean value) {
    return constant(Types.BOOL, new Constant.Int(value ? 1 : 0));
  }

  static Expr text(String s) {
    return constant(Types.STRING, new Constant.Text(s.getBytes(StandardCharsets.UTF_8)));
  }

  static Expr constant(Type type, Constant value) {
    return new Tree.Const(AT, type, value);
  }

  static Expr ref(Local local) {
    return new Tree.LocalRef(AT, local);
  }

  static Expr ref(GlobalVar global) {
    return new Tree.GlobalRef(AT, global);
  }

  static Expr op(Tree.ArithmeticOp op, Expr l, Expr r) {
    return new Tree.Arithmetic(AT, l.type(), op, l, r);
  }

  static Expr add(Expr l, Expr r) {
    return op(Tree.ArithmeticOp.ADD, l, r);
  }

  static Expr mul(Expr l, Expr r) {
    return op(Tree.ArithmeticOp.MUL, l, r);
  }

  static Expr compare(Tree.CompareOp op, Expr l, Expr r) {
    return new Tree.Compare(AT, op, l, r);
  }

  static Expr eq(Expr l, Expr r) {
    return compare(Tree.CompareOp.EQ, l, r);
  }

  static Expr lt(Expr l, Expr r) {
    return compare(Tree.CompareOp.LT, l, r);
  }

  static Expr convert(Type to, Tree.Conversion kind, Expr e) {
    return new Tree.Convert(AT, to, kind, e);
  }

  static Expr call(Instance callee, Expr... args) {
    return new Tree.Call(AT, callee.result(), callee, List.of(args));
  }

  static Expr aggregate(Type type, Expr... parts) {
    List<Tree.Part> list = new ArrayList<>();
    for (Expr e : parts) {
      list.add(new Tree.Part(list.size(), e));
    }
    return new Tree.Aggregate(AT, type, list);
  }

  static Expr field(Type type, Expr base, int index) {
    return new Tree.Field(AT, type, base, index);
  }

  static Expr index(Type type, Expr base, Expr at) {
    return new Tree.Index(AT, type, base, at);
  }

  static Expr pointer(Expr place) {
    return new Tree.AddressOf(AT, new Type.Pointer(place.type()), place);
  }

  static Expr deref(Expr pointer) {
    return new Tree.Deref(AT, ((Type.Pointer) pointer.type()).target(), pointer);
  }

  static Expr temporary(Expr e) {
    return new Tree.Temporary(AT, e);
  }

  static Expr when(Type type, Expr condition, Expr then, Expr otherwise) {
    return new Tree.If(AT, type, condition, then, otherwise);
  }

  static Tree.Block block(Stmt... statements) {
    return new Tree.Block(AT, Types.VOID, List.of(statements), Optional.empty());
  }

  /** Statements, then a value. */
  static Expr then(Expr value, Stmt... statements) {
    return new Tree.Block(AT, value.type(), Arrays.asList(statements), Optional.of(value));
  }

  static Expr jump(Stmt s) {
    return new Tree.Jump(AT, s);
  }

  // ------------------------------------------------------------------ statements

  static Stmt declare(Local local, Expr value) {
    return new Tree.Declare(AT, local, Optional.of(value));
  }

  static Stmt declare(Local local) {
    return new Tree.Declare(AT, local, Optional.empty());
  }

  static Stmt assign(Expr place, Expr value) {
    return new Tree.Assign(AT, place, value);
  }

  static Stmt stmt(Expr e) {
    return new Tree.ExprStmt(AT, e);
  }

  static Stmt only(Expr condition, Stmt... body) {
    return stmt(when(Types.VOID, condition, block(body), block()));
  }

  static Stmt ret(Expr value) {
    return new Tree.Return(AT, Optional.of(value));
  }

  static Stmt ret() {
    return new Tree.Return(AT, Optional.empty());
  }

  static Stmt defer(Stmt... body) {
    return new Tree.Defer(AT, block(body));
  }

  static Stmt loop(Expr condition, List<Stmt> step, Stmt... body) {
    return new Tree.Loop(AT, condition, block(body), step);
  }

  static Stmt leave() {
    return new Tree.Break(AT);
  }

  static Stmt next() {
    return new Tree.Continue(AT);
  }

  /** {@code trace = trace * 10 + digit}. */
  static Stmt note(Expr trace, long digit) {
    return assign(trace, add(mul(trace, i(10)), i(digit)));
  }
}
