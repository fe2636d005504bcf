package sx.sema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sx.sema.tree.Constant;
import sx.sema.tree.Instance;
import sx.sema.tree.Local;
import sx.sema.tree.Tree;
import sx.source.Span;
import sx.syntax.Ast;
import sx.type.AsmCode;
import sx.type.AsmCode.Kind;
import sx.type.Type;
import sx.type.Types;

/**
 * Asm expressions (15-asm.md): each is a call of a function that consists of assembly, with the
 * addresses of places and of copies of values as arguments.
 */
final class Assembly {
  private final Checker c;
  private final Ast.Asm asm;
  private final List<Tree.Stmt> before = new ArrayList<>();
  private final Map<Ast.AsmOperand, AsmCode.Operand> operands = new HashMap<>();
  private final Map<Ast.AsmOperand, Tree.Expr> addresses = new HashMap<>();
  private final Map<String, String> symbols = new HashMap<>();
  private final List<Local> values = new ArrayList<>();
  private boolean failed;

  private Assembly(Checker c, Ast.Asm asm) {
    this.c = c;
    this.asm = asm;
  }

  /** An asm expression. */
  static Tree.Expr check(Checker c, Ast.Asm asm) {
    Optional<String> problem = AsmOperands.problem(asm);
    if (problem.isPresent()) {
      return c.bad(asm.span(), problem.get());
    }
    if (!asm.isVolatile() && asm.operands().stream().noneMatch(o -> o.type().isPresent())) {
      return c.bad(
          asm.span(), "an `asm` without a value output must be volatile: `asm volatile { … }`");
    }
    c.analysis.noteAssembly();
    return new Assembly(c, asm).expression();
  }

  /** The code of a naked function's body (asm.naked.4). */
  static AsmCode naked(Checker c, Ast.Asm asm) {
    c.analysis.noteAssembly();
    Assembly a = new Assembly(c, asm);
    for (Ast.AsmOperand o : asm.operands()) {
      if (AsmOperands.isSymbol(o) || AsmOperands.isConstant(o)) {
        a.operand(o);
      } else {
        c.error(
            o.span(),
            "the assembly of a naked function takes only symbols (\"s\") and constants (\"i\")");
        a.failed = true;
      }
    }
    Optional<String> problem = AsmOperands.problem(asm);
    problem.ifPresent(p -> c.error(asm.span(), p));
    return a.failed || problem.isPresent()
        ? new AsmCode(List.of(), List.of(), List.of(), true)
        : a.code();
  }

  private Tree.Expr expression() {
    asm.operands().forEach(this::operand);
    if (failed) {
      return c.bad(asm.span());
    }
    AsmCode code = code();
    List<Local> params = new ArrayList<>();
    List<Tree.Expr> arguments = new ArrayList<>();
    for (Ast.AsmOperand o : numbered()) {
      Tree.Expr address = addresses.get(o);
      if (address != null) {
        params.add(new Local("a" + params.size(), address.type(), o.span()));
        arguments.add(address);
      }
    }
    Instance function =
        Instance.ofAssembly(
            "asm", params, Types.VOID, Instance.Convention.SX, asm.span(), () -> code);
    before.add(
        new Tree.ExprStmt(asm.span(), new Tree.Call(asm.span(), Types.VOID, function, arguments)));
    return result();
  }

  /** The value outputs: none, one, or a tuple with their effective names (asm.expr.3). */
  private Tree.Expr result() {
    Span at = asm.span();
    if (values.isEmpty()) {
      return new Tree.Block(at, Types.VOID, before, Optional.empty());
    }
    if (values.size() == 1) {
      Local only = values.getFirst();
      return new Tree.Block(at, only.type(), before, Optional.of(new Tree.LocalRef(at, only)));
    }
    List<Type> types = values.stream().map(Local::type).toList();
    Type.Tuple tuple = new Type.Tuple(types, values.stream().map(Local::name).toList());
    List<Tree.Part> parts = new ArrayList<>();
    for (Local value : values) {
      parts.add(new Tree.Part(parts.size(), new Tree.LocalRef(at, value)));
    }
    return new Tree.Block(at, tuple, before, Optional.of(new Tree.Aggregate(at, tuple, parts)));
  }

  /** The operands in the order of their numbers (asm.op.5), symbols left out. */
  private List<Ast.AsmOperand> numbered() {
    List<Ast.AsmOperand> all = new ArrayList<>();
    asm.operands().stream().filter(AsmOperands::isOutput).forEach(all::add);
    asm.operands().stream()
        .filter(o -> !AsmOperands.isOutput(o) && !AsmOperands.isSymbol(o))
        .forEach(all::add);
    return all;
  }

  private AsmCode code() {
    List<Ast.AsmOperand> numbered = numbered();
    List<AsmCode.Piece> pieces = List.of();
    try {
      String text = AsmTemplates.text(asm.template()).orElse("");
      pieces = AsmTemplates.pieces(text, AsmOperands.numbers(numbered), symbols);
    } catch (AsmTemplates.Wrong e) {
      c.error(asm.span(), String.valueOf(e.getMessage()));
    }
    List<AsmCode.Operand> list = new ArrayList<>();
    numbered.forEach(o -> list.add(operands.get(o)));
    List<String> clobbers = asm.clobbers().stream().map(Ast.Name::text).toList();
    return new AsmCode(pieces, list, clobbers, asm.isVolatile());
  }

  private void operand(Ast.AsmOperand o) {
    if (o.type().isPresent()) {
      valueOutput(o, o.type().get());
    } else if (o.place().isPresent()) {
      placeOutput(o, o.place().get());
    } else if (AsmOperands.isSymbol(o)) {
      symbol(o, o.input().orElseThrow());
    } else if (AsmOperands.isConstant(o)) {
      constant(o, o.input().orElseThrow());
    } else {
      input(o, o.input().orElseThrow());
    }
  }

  private void add(Ast.AsmOperand o, Kind kind, Type type, Tree.Expr address) {
    String constraint = AsmOperands.constraint(o);
    int skipped = AsmOperands.isOutput(o) ? 1 : 0;
    String rest = constraint.substring(skipped);
    boolean memory = kind == Kind.MEMORY_OUT || kind == Kind.MEMORY_IN_OUT;
    operands.put(o, new AsmCode.Operand(kind, memory ? rest.replace("*", "") : rest, type, 0));
    addresses.put(o, address);
  }

  private void valueOutput(Ast.AsmOperand o, Ast.Expr syntax) {
    Type type = c.types.resolve(syntax);
    if (type.isError() || !fitsRegister(type)) {
      if (!type.isError()) {
        c.error(syntax.span(), "a `" + c.name(type) + "` does not fit a register");
      }
      failed = true;
      return;
    }
    Local value = new Local(AsmOperands.name(o).orElse(""), type, o.span());
    values.add(value);
    before.add(new Tree.Declare(o.span(), value, Optional.of(new Tree.Undefined(o.span(), type))));
    add(o, Kind.OUTPUT, type, addressOf(new Tree.LocalRef(o.span(), value)));
  }

  private void placeOutput(Ast.AsmOperand o, Ast.Expr place) {
    Span star = starBefore(place.span());
    Tree.Expr address =
        c.expressions.any(new Ast.Unary(star.to(place.span()), Ast.UnaryOp.ADDRESS, place));
    if (address.type().isError()) {
      failed = true;
      return;
    }
    if (!(address instanceof Tree.AddressOf a) || a.place() instanceof Tree.Temporary) {
      c.error(place.span(), "this has no address that the result could be stored at");
      failed = true;
      return;
    }
    String constraint = AsmOperands.constraint(o);
    boolean memory = constraint.contains("m");
    boolean reads = constraint.startsWith("+");
    Kind kind =
        memory
            ? (reads ? Kind.MEMORY_IN_OUT : Kind.MEMORY_OUT)
            : (reads ? Kind.IN_OUT : Kind.OUTPUT);
    Type type = a.place().type();
    if (!memory && !fitsRegister(type)) {
      c.error(place.span(), "a `" + c.name(type) + "` does not fit a register");
      failed = true;
      return;
    }
    add(o, kind, type, held(address));
  }

  /** The {@code *} in front of a place. */
  private static Span starBefore(Span place) {
    int at = place.start();
    while (at > 0 && place.file().text(at - 1, at).isBlank()) {
      at--;
    }
    return new Span(place.file(), Math.max(0, at - 1), at);
  }

  private void input(Ast.AsmOperand o, Ast.Expr expr) {
    Tree.Expr value = c.expressions.any(expr);
    if (value.type().isError()) {
      failed = true;
      return;
    }
    boolean memory = AsmOperands.constraint(o).equals("m");
    if (memory && Expressions.isPlace(value)) {
      add(o, Kind.MEMORY_IN, value.type(), held(addressOf(value)));
      return;
    }
    if (!fitsRegister(value.type())) {
      c.error(
          expr.span(),
          "a `"
              + c.name(value.type())
              + "` does not fit a register; give its address or its parts");
      failed = true;
      return;
    }
    Local copy = new Local("input", value.type(), expr.span());
    before.add(new Tree.Declare(expr.span(), copy, Optional.of(value)));
    Kind kind = memory ? Kind.MEMORY_IN : Kind.INPUT;
    add(o, kind, value.type(), addressOf(new Tree.LocalRef(expr.span(), copy)));
  }

  private void constant(Ast.AsmOperand o, Ast.Expr expr) {
    Tree.Expr value = c.expressions.any(expr);
    if (value instanceof Tree.Const k && k.value() instanceof Constant.Int i) {
      operands.put(
          o, new AsmCode.Operand(Kind.CONSTANT, AsmOperands.constraint(o), k.type(), i.value()));
      return;
    }
    if (!value.type().isError()) {
      c.error(expr.span(), "this operand needs an integer known at compile time");
    }
    failed = true;
  }

  private void symbol(Ast.AsmOperand o, Ast.Expr expr) {
    Optional<String> symbol = Optional.empty();
    if (c.names.path(expr, Names.Use.VALUE) instanceof Entity.Fn f) {
      symbol = f.decl().ast.linkage().map(l -> l.symbolOf(f.decl().nameNode));
    }
    if (symbol.isPresent()) {
      symbols.put(AsmOperands.name(o).orElse(""), symbol.get());
    } else {
      c.error(
          expr.span(),
          "`" + expr.span().text() + "` has no symbol: only `export` and `extern` functions have");
      failed = true;
    }
  }

  /** An address that is computed now, in the order of the operands (asm.expr.4). */
  private Tree.Expr held(Tree.Expr address) {
    Local local = new Local("place", address.type(), address.span());
    before.add(new Tree.Declare(address.span(), local, Optional.of(address)));
    return new Tree.LocalRef(address.span(), local);
  }

  private static Tree.Expr addressOf(Tree.Expr place) {
    return new Tree.AddressOf(place.span(), new Type.Pointer(place.type()), place);
  }

  /** Integers, floats, addresses, plain enums and short vectors do (asm.out.1). */
  private boolean fitsRegister(Type type) {
    return !(type instanceof Type.Void)
        && (c.analysis.layout.isScalar(type) || type instanceof Type.Vector);
  }

  /** The asm expression that is the whole body of a naked function; others are reported. */
  static Ast.@Nullable Asm bodyOf(Checker c, Entity.FunctionDecl decl) {
    List<Ast.Stmt> statements =
        decl.ast.body().orElse(null) instanceof Ast.Block b ? b.statements() : List.of();
    Ast.Asm found = null;
    for (Ast.Stmt s : statements) {
      if (found == null
          && s instanceof Ast.ExprStmt e
          && e.expr() instanceof Ast.Asm asm
          && asm.isVolatile()) {
        found = asm;
      } else {
        c.error(
            s.span(), "the body of a naked function is one `asm volatile { … }` and nothing else");
        return null;
      }
    }
    if (found == null) {
      c.error(decl.nameNode.span(), "the body of a naked function is one `asm volatile { … }`");
    }
    return found;
  }
}
