package sx.sema;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sx.sema.tree.Constant;
import sx.sema.tree.Local;
import sx.sema.tree.Tree;
import sx.source.Span;
import sx.syntax.Ast;
import sx.type.Type;
import sx.type.Types;

/** Arguments and results of C functions that differ from those of sx (ffi.str, ffi.var). */
final class ForeignCalls {
  private final Checker c;

  ForeignCalls(Checker c) {
    this.c = c;
  }

  // ------------------------------------------------------------------ variadic tails

  /** The type {@code T} of a tail {@code ..args: []T}; null if it has none. */
  @Nullable Type tail(Entity.FunctionDecl decl) {
    return decl.ast.params().getLast().type().orElse(null) instanceof Ast.SliceType s
        ? Checker.of(c.analysis, decl.scope, FunctionState.none()).types.resolve(s.element())
        : null;
  }

  /**
   * An argument of a C variadic tail (types.conv.17, ffi.var.1).
   *
   * @param element what a number literal has as its type, if that is a number type
   */
  Tree.Expr promoted(@Nullable Argument a, @Nullable Type element) {
    boolean literal =
        element != null
            && element.isNumeric()
            && a instanceof Argument.Written w
            && isNumber(w.expr());
    Tree.Expr given = c.calls.checked(a, literal ? element : null);
    Tree.Expr v =
        literal && element != null && !given.type().isError()
            ? c.conversions.convert(given, element, given.span())
            : given;
    return switch (v.type()) {
      case Type.Float x when x.bits() == 32 -> c.conversions.numeric(v, Types.F64);
      case Type.Int i when i.bits() < 32 -> c.conversions.numeric(v, Types.I32);
      case Type.Bool b -> new Tree.Convert(v.span(), Types.I32, Tree.Conversion.INT, v);
      case Type.Str s when v instanceof Tree.Const k ->
          new Tree.Const(v.span(), Types.CSTRING, k.value());
      default -> v;
    };
  }

  private static boolean isNumber(Ast.Expr e) {
    return switch (e) {
      case Ast.IntLit i -> true;
      case Ast.FloatLit f -> true;
      case Ast.CharLit ch -> true;
      case Ast.Group g -> isNumber(g.inner());
      case Ast.Unary u when u.op() == Ast.UnaryOp.NEGATE -> isNumber(u.operand());
      default -> false;
    };
  }

  // ------------------------------------------------------------------ results

  /** What C returns for a declared result: a text is the address of its first byte (ffi.str.4). */
  static Type inC(Type result) {
    return switch (result) {
      case Type.Str s -> Types.CSTRING;
      case Type.Optional o when o.payload() instanceof Type.Str -> new Type.Optional(Types.CSTRING);
      default -> result;
    };
  }

  /** The value of a call as the declaration promises it. */
  Tree.Expr result(Tree.Expr call, Entity.FunctionDecl decl) {
    Ast.Expr written = decl.ast.returnType().orElse(null);
    if (written == null || !isText(call.type())) {
      return call;
    }
    Type declared = Checker.of(c.analysis, decl.scope, FunctionState.none()).types.resolve(written);
    return declared.equals(call.type()) ? call : counted(call, declared);
  }

  private static boolean isText(Type t) {
    return t.equals(Types.CSTRING)
        || (t instanceof Type.Optional o && o.payload().equals(Types.CSTRING));
  }

  /** The text with the length up to its terminator; a null has length 0 or is absent. */
  private Tree.Expr counted(Tree.Expr call, Type declared) {
    Span at = call.span();
    Type bytes = new Type.ManyPointer(Types.U8);
    Local pointer = new Local("text", bytes, at);
    Local length = new Local("length", Types.I64, at);
    Tree.Expr p = new Tree.LocalRef(at, pointer);
    Tree.Expr n = new Tree.LocalRef(at, length);
    Tree.Expr isThere =
        new Tree.Compare(at, Tree.CompareOp.NE, p, new Tree.Const(at, bytes, Constant.ZERO));
    Tree.Expr more =
        new Tree.And(
            at,
            isThere,
            new Tree.Compare(
                at,
                Tree.CompareOp.NE,
                new Tree.Index(at, Types.U8, p, n),
                c.intConst(at, Types.U8, 0)));
    Tree.Expr next =
        new Tree.Arithmetic(at, Types.I64, Tree.ArithmeticOp.ADD, n, c.intConst(at, Types.I64, 1));
    Tree.Block nothing = new Tree.Block(at, Types.VOID, List.of(), Optional.empty());
    List<Tree.Stmt> steps =
        List.of(
            new Tree.Declare(
                at,
                pointer,
                Optional.of(new Tree.Convert(at, bytes, Tree.Conversion.ADDRESS, call))),
            new Tree.Declare(at, length, Optional.of(c.intConst(at, Types.I64, 0))),
            new Tree.Loop(at, more, nothing, List.of(new Tree.Assign(at, n, next))));
    Tree.Expr text =
        new Tree.Aggregate(at, Types.STRING, List.of(new Tree.Part(0, p), new Tree.Part(1, n)));
    Tree.Expr value =
        declared.equals(Types.STRING)
            ? text
            : new Tree.If(
                at,
                declared,
                isThere,
                c.conversions.convert(text, declared, at),
                new Tree.Const(at, declared, Constant.ZERO));
    return new Tree.Block(at, declared, steps, Optional.of(value));
  }
}
