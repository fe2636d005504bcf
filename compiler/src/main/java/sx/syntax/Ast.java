package sx.syntax;

import java.util.List;
import java.util.Optional;
import sx.source.SourceFile;
import sx.source.Span;

/**
 * What was written, with spans, and nothing else: the syntax tree of docs/reference/grammar.md.
 *
 * <p>Types and expressions share one hierarchy, because sx lets either stand where the other is
 * expected ({@code *x} is an address or a pointer type, {@code Box(i64)} a call or an instance).
 * Nodes are immutable and no later stage annotates them, so a parsed file is shared by every
 * compilation that imports it.
 */
public sealed interface Ast {
  /** Exactly the source text of the construct (lex.diag.3). */
  Span span();

  /**
   * An identifier as written; {@code raw} tells that it stood behind a backtick. The span excludes
   * it.
   */
  record Name(String text, boolean raw, Span span) implements Ast {}

  /** A parsed file. */
  record Module(SourceFile file, List<Stmt> items, Span span) implements Ast {}

  // ------------------------------------------------------------------ statements and module items

  /**
   * A statement of a block or an item of a module; which may stand where, the parser has checked.
   */
  sealed interface Stmt extends Ast {}

  /** {@code name :: value} and {@code name : type : value}. */
  record ConstDecl(Span span, boolean isPrivate, Name name, Optional<Expr> type, Expr value)
      implements Stmt {}

  /** {@code name := init}, {@code name : type = init}, {@code name : type}, {@code … extern}. */
  record VarDecl(
      Span span,
      boolean isPrivate,
      Name name,
      Optional<Expr> type,
      Optional<Expr> init,
      Optional<Linkage> linkage)
      implements Stmt {}

  /** {@code a, b := value}. */
  record Destructure(Span span, List<Name> names, Expr value) implements Stmt {}

  /** {@code target op value}; {@code op} is {@code ""} for plain assignment, else the operator. */
  record Assign(Span span, Expr target, Optional<BinaryOp> op, Expr value) implements Stmt {}

  record MultiAssign(Span span, List<Expr> targets, List<Expr> values) implements Stmt {}

  record Return(Span span, List<ReturnItem> items) implements Stmt {}

  record ReturnItem(Optional<Name> name, Expr value) {}

  /** The body is a {@link Block} for the braced form, else the expression. */
  record Defer(Span span, Expr body) implements Stmt {}

  record OnFail(Span span, Optional<Name> binding, Expr body) implements Stmt {}

  record Raise(Span span, Expr value) implements Stmt {}

  record Break(Span span) implements Stmt {}

  record Continue(Span span) implements Stmt {}

  /**
   * An expression as a statement.
   *
   * @param terminated whether a {@code ;} was written; without it the last one is the block's value
   * @param semicolon the span of that {@code ;}, or of the end of the expression
   */
  record ExprStmt(Span span, Expr expr, boolean terminated, Span semicolon) implements Stmt {}

  /** {@code inline if} or {@code inline for} in a body. */
  record InlineStmt(Span span, Expr expr, boolean terminated) implements Stmt {}

  record Insert(Span span, Expr text) implements Stmt {}

  record ErrorDirective(Span span, String message, StringLit literal) implements Stmt {}

  /** {@code #import "path";} */
  record FlatImport(Span span, StringLit path) implements Stmt {}

  /** {@code #import c { … }} without a name. */
  record FlatCImport(Span span, CImport block) implements Stmt {}

  record Framework(Span span, StringLit name) implements Stmt {}

  /** {@code asm { … };} at module scope. */
  record GlobalAsm(Span span, Expr template) implements Stmt {}

  /**
   * {@code #run expr;} at module scope; in a body it is an expression statement. Without the
   * directive a {@code define(Name, info);} of a module (ct.make.9).
   */
  record RunItem(Span span, Expr expr, boolean directive) implements Stmt {}

  record ContextExtend(Span span, Name name, Expr type, Optional<Expr> init) implements Stmt {}

  /**
   * An {@code impl} block. {@code protocolArgs} is non-empty for the form {@code impl P(A) for T};
   * {@code typeParams} holds the {@code $} names of {@code impl P for T($A)}.
   */
  record Impl(
      Span span,
      Name protocol,
      List<Expr> protocolArgs,
      Expr target,
      List<Name> typeParams,
      List<ConstDecl> methods)
      implements Stmt {}

  /** A module-scope {@code inline if}; {@code otherwise} is empty, a chained one, or the items. */
  record ModuleIf(Span span, Expr condition, List<Stmt> then, List<Stmt> otherwise)
      implements Stmt {}

  /** A module-scope {@code inline if X == { … }}. */
  record ModuleMatch(Span span, Expr subject, List<ModuleArm> arms, Optional<List<Stmt>> otherwise)
      implements Stmt {}

  record ModuleArm(Span span, Expr pattern, List<Stmt> items) {}

  // ------------------------------------------------------------------ declaration bodies

  sealed interface Expr extends Ast {}

  /** {@code name :: #import "path";} */
  record ImportExpr(Span span, StringLit path) implements Expr {}

  record CImport(Span span, List<CDirective> directives) implements Expr {}

  /** {@code #include "…";} and the like; {@code word} is without the {@code #}. */
  record CDirective(Span span, String word, StringLit text) {}

  record LibraryExpr(Span span, StringLit name) implements Expr {}

  /** {@code name :: ufcs target;} */
  record UfcsAlias(Span span, Name target) implements Expr {}

  /** {@code name :: intrinsic;} and {@code name :: expr intrinsic;} */
  record IntrinsicExpr(Span span, Optional<Expr> expr) implements Expr {}

  /** {@code extern} or {@code export} of a declaration. */
  record Linkage(Span span, boolean isExtern, Optional<Name> library, Optional<StringLit> symbol) {
    /** The C symbol of the declaration, which has this name. */
    public String symbolOf(Name name) {
      return symbol
          .map(s -> new String(s.value(), java.nio.charset.StandardCharsets.UTF_8))
          .orElse(name.text());
    }
  }

  enum Accessor {
    NONE,
    GET,
    SET
  }

  /** How the body of a function is written. */
  enum BodyForm {
    BLOCK,
    ARROW,
    INTRINSIC,
    EXTERN
  }

  /**
   * A function declaration or a lambda.
   *
   * @param params empty also for the form {@code name :: { … }}, see {@code bare}
   * @param source of the body: a {@link Block} for BLOCK, the expression for ARROW, none otherwise
   * @param bare whether the parameter list was left out
   */
  record Function(
      Span span,
      boolean isUfcs,
      boolean isLambda,
      boolean bare,
      List<Param> params,
      Optional<Expr> returnType,
      Accessor accessor,
      Optional<Name> abi,
      Optional<Linkage> linkage,
      BodyForm form,
      FunctionBody source)
      implements Expr {

    /** A function whose body is there. */
    public Function(
        Span span,
        boolean isUfcs,
        boolean isLambda,
        boolean bare,
        List<Param> params,
        Optional<Expr> returnType,
        Accessor accessor,
        Optional<Name> abi,
        Optional<Linkage> linkage,
        BodyForm form,
        Optional<Expr> body) {
      this(
          span,
          isUfcs,
          isLambda,
          bare,
          params,
          returnType,
          accessor,
          abi,
          linkage,
          form,
          FunctionBody.of(body));
    }

    /**
     * The body.
     *
     * @throws LateSyntaxError if its parsing was deferred and finds an error
     */
    public Optional<Expr> body() {
      return source.get();
    }
  }

  /**
   * A parameter.
   *
   * @param compileTime whether {@code $} stands before the name
   */
  record Param(
      Span span,
      boolean variadic,
      boolean compileTime,
      Name name,
      Optional<Expr> type,
      List<Name> constraints,
      Optional<Expr> defaultValue) {}

  record StructType(Span span, boolean hasParams, List<TypeParam> params, List<StructItem> items)
      implements Expr {}

  record TypeParam(Span span, boolean variadic, Name name, Expr type, List<Name> constraints) {}

  sealed interface StructItem extends Ast {}

  record Using(Span span, Name target) implements StructItem {}

  /** A method ({@code value} is a {@link Function}) or constant of a struct body. */
  record StructConst(Span span, Name name, Optional<Expr> type, Expr value) implements StructItem {}

  record Fields(Span span, List<Name> names, Expr type, Optional<Expr> defaultValue)
      implements StructItem {}

  record EnumType(Span span, boolean flags, Optional<Expr> backing, List<Variant> variants)
      implements Expr {}

  record Variant(Span span, Name name, Optional<Expr> value, Optional<Expr> payload) {}

  record UnionType(Span span, List<UnionMember> members) implements Expr {}

  /** {@code name} is absent for an unnamed struct arm. */
  record UnionMember(Span span, Optional<Name> name, Expr type) {}

  record ErrorSetType(Span span, List<Name> tags) implements Expr {}

  record ProtocolType(
      Span span, List<ProtocolParam> params, List<String> directives, List<ProtocolMethod> methods)
      implements Expr {}

  record ProtocolParam(Name name, Expr type) {}

  record ProtocolMethod(
      Span span,
      Name name,
      boolean pointerSelf,
      List<ProtocolParam> params,
      Optional<Expr> returnType,
      Optional<Block> body) {}

  // ------------------------------------------------------------------ types

  /** {@code [n]T} */
  record ArrayType(Span span, Expr length, Expr element) implements Expr {}

  /** {@code []T} */
  record SliceType(Span span, Expr element) implements Expr {}

  /** {@code [*]T} */
  record ManyPointerType(Span span, Expr element) implements Expr {}

  /** {@code [:0]u8} */
  record SentinelType(Span span, IntLit sentinel, Expr element) implements Expr {}

  /** {@code ?T} */
  record OptionalType(Span span, Expr payload) implements Expr {}

  /** {@code !} and {@code !Set} in a result. */
  record ErrorChannel(Span span, Optional<Name> set) implements Expr {}

  /** {@code $T/P/Q} in a type. */
  record TypeIntro(Span span, Name name, List<Name> constraints) implements Expr {}

  /** {@code ()} as a type. */
  record VoidType(Span span) implements Expr {}

  record FunctionType(Span span, List<TypeSlot> params, Expr result, Optional<Name> abi)
      implements Expr {}

  /** {@code (A, b: B = e, !)} after an arrow. */
  record ResultList(Span span, List<ResultItem> items) implements Expr {}

  record ResultItem(Optional<Name> name, Expr type, Optional<Expr> defaultValue) {}

  /** {@code Tuple(…)} */
  record TupleType(Span span, List<TypeSlot> slots) implements Expr {}

  /** {@code Closure(…) -> R}; a pack parameter is the last slot, a {@link Spread}. */
  record ClosureType(Span span, List<TypeSlot> params, Optional<Expr> result) implements Expr {}

  /**
   * A possibly named slot of a tuple, closure or function type. A spread slot holds a {@link
   * Spread}.
   */
  record TypeSlot(Optional<Name> name, Expr type) {}

  // ------------------------------------------------------------------ literals and names

  /**
   * An integer literal.
   *
   * @param value the low 64 bits
   * @param fits whether the value is below 2^64
   */
  record IntLit(Span span, String text, long value, boolean fits) implements Expr {}

  record FloatLit(Span span, String text) implements Expr {}

  record CharLit(Span span, String text, int codePoint) implements Expr {}

  /**
   * A string literal or block string.
   *
   * @param text as written, quotes or the whole block string included
   * @param value the decoded bytes; not to be written
   */
  record StringLit(Span span, String text, byte[] value, boolean block) implements Expr {
    /** The content character for character, escapes not processed (mod.syntax.3, asm.tmpl.1). */
    public String written() {
      if (block) {
        return new String(value, java.nio.charset.StandardCharsets.UTF_8);
      }
      return text.length() < 2 ? text : text.substring(1, text.length() - 1);
    }
  }

  record BoolLit(Span span, boolean value) implements Expr {}

  record NullLit(Span span) implements Expr {}

  /** {@code ---} */
  record Undefined(Span span) implements Expr {}

  /**
   * A name in an expression or type; keywords that denote types ({@code f32}, {@code Self}) too.
   */
  record NameExpr(Span span, Name name) implements Expr {}

  /** {@code .name} */
  record EnumLit(Span span, Name name) implements Expr {}

  /** {@code error}, only before {@code .Name}. */
  record ErrorKeyword(Span span) implements Expr {}

  /** {@code $name} */
  record PackRef(Span span, Name name) implements Expr {}

  /** {@code $name[i]} */
  record PackIndex(Span span, Name name, IntLit index) implements Expr {}

  record CallerLocation(Span span) implements Expr {}

  /** {@code head.{ … }} or {@code .{ … }}, perhaps with an initialisation block. */
  record AggregateLit(Span span, Optional<Expr> head, List<FieldInit> entries, Optional<Block> init)
      implements Expr {}

  /** How an entry of an aggregate literal is written (gram.field.1). */
  enum EntryForm {
    NAMED,
    SHORTHAND,
    POSITIONAL,
    SPREAD
  }

  /** {@code name} is present for NAMED and SHORTHAND; a shorthand's value is its name. */
  record FieldInit(Span span, EntryForm form, Optional<Name> name, Expr value) {}

  /** {@code head.[ … ]} or {@code .[ … ]} */
  record ArrayLit(Span span, Optional<Expr> head, List<Expr> elements) implements Expr {}

  /** {@code ( e )} */
  record Group(Span span, Expr inner) implements Expr {}

  /** A parenthesised tuple as call argument (expr.call.11). */
  record ParenTuple(Span span, List<TupleEntry> entries) implements Expr {}

  record TupleEntry(Optional<Name> name, Expr value) {}

  /** {@code ..e} in arguments, literals and type lists. */
  record Spread(Span span, Expr operand) implements Expr {}

  // ------------------------------------------------------------------ operators

  enum UnaryOp {
    NEGATE("-"),
    NOT("!"),
    BIT_NOT("~"),
    CONVERT("xx"),
    ADDRESS("*"),
    TRY("try");

    public final String text;

    UnaryOp(String text) {
      this.text = text;
    }
  }

  /** Binary operators; {@code level} is the binding strength of expr.prec.1, loosest first. */
  enum BinaryOp {
    PIPE("|>", 1),
    COALESCE("??", 2),
    OR("or", 3),
    AND("and", 4),
    BIT_OR("|", 5),
    BIT_XOR("^", 6),
    BIT_AND("&", 7),
    EQ("==", 8),
    NE("!=", 8),
    LT("<", 8),
    LE("<=", 8),
    GT(">", 8),
    GE(">=", 8),
    IN("in", 8),
    SHL("<<", 9),
    SHR(">>", 9),
    ADD("+", 10),
    SUB("-", 10),
    MUL("*", 11),
    DIV("/", 11),
    REM("%", 11);

    public final String text;
    public final int level;

    BinaryOp(String text, int level) {
      this.text = text;
      this.level = level;
    }

    public boolean isComparison() {
      return level == 8 && this != IN;
    }
  }

  record Unary(Span span, UnaryOp op, Expr operand) implements Expr {}

  record Binary(Span span, BinaryOp op, Expr left, Expr right) implements Expr {}

  /** Two or more comparison operators in a row (expr.chain.1): one operator fewer than operands. */
  record Chain(Span span, List<Expr> operands, List<BinaryOp> ops) implements Expr {}

  // ------------------------------------------------------------------ postfix forms

  /** {@code e.name} and {@code e?.name} */
  record Member(Span span, Expr base, boolean chained, Name name) implements Expr {}

  /** {@code e.0} and {@code e?.0} */
  record TupleMember(Span span, Expr base, boolean chained, IntLit index) implements Expr {}

  /** {@code e.*} */
  record Deref(Span span, Expr base) implements Expr {}

  /** {@code e.(T)}, {@code e.(T, alloc)} and {@code e?.(T)} */
  record Cast(Span span, Expr base, boolean chained, Expr type, Optional<Expr> allocator)
      implements Expr {}

  record Index(Span span, Expr base, Expr index) implements Expr {}

  record Slice(Span span, Expr base, Range range) implements Expr {}

  /** The nine range marks. */
  enum RangeMark {
    PLAIN(".."),
    TO_INCLUDED("..="),
    TO_EXCLUDED("..<"),
    FROM_EXCLUDED("<.."),
    FROM_EXCLUDED_TO_INCLUDED("<..="),
    FROM_EXCLUDED_TO_EXCLUDED("<..<"),
    FROM_INCLUDED("=.."),
    FROM_INCLUDED_TO_INCLUDED("=..="),
    FROM_INCLUDED_TO_EXCLUDED("=..<");

    public final String text;

    RangeMark(String text) {
      this.text = text;
    }

    public boolean excludesStart() {
      return text.charAt(0) == '<';
    }

    public boolean includesEnd() {
      return text.length() > 2 && text.charAt(text.length() - 1) == '=' && !text.equals("=..");
    }

    /** Whether an end expression must follow (types.sub.1, stmt.range.4). */
    public boolean needsEnd() {
      return text.charAt(text.length() - 1) != '.';
    }
  }

  record Range(Span span, Optional<Expr> start, RangeMark mark, Optional<Expr> end) {}

  /** {@code e!} */
  record Unwrap(Span span, Expr base) implements Expr {}

  /**
   * {@code e catch …}; the body is a {@link Block}, a {@link Match} on the binding, or an
   * expression.
   */
  record Catch(Span span, Expr base, Optional<Name> binding, Expr body) implements Expr {}

  record Call(Span span, Expr callee, List<Arg> args, Optional<Block> trailing) implements Expr {}

  /** An argument; a spread argument's value is a {@link Spread}. */
  record Arg(Span span, Optional<Name> name, Expr value) {}

  // ------------------------------------------------------------------ expressions with statements

  /** {@code { … }}; its value is that of a last {@link ExprStmt} that is not terminated. */
  record Block(Span span, List<Stmt> statements) implements Expr {}

  /**
   * An {@code if}.
   *
   * @param inlineForm whether it is the {@code then} form; then the branches are any expressions,
   *     otherwise blocks, and {@code otherwise} may be another If
   */
  record If(
      Span span,
      boolean inlineForm,
      Optional<Name> binding,
      Expr condition,
      Expr then,
      Optional<Expr> otherwise)
      implements Expr {}

  record Match(Span span, Expr subject, List<Arm> arms, Optional<Block> otherwise)
      implements Expr {}

  enum ArmForm {
    /** {@code break;} directly after the colon. */
    EMPTY,
    ARROW,
    STATEMENTS
  }

  /**
   * One {@code case} of a match.
   *
   * @param body the statements; for ARROW one unterminated expression statement
   * @param bodySpan where stmt.mval.6 places an error "at the arm's body"
   */
  record Arm(
      Span span,
      Expr pattern,
      Optional<Name> capture,
      ArmForm form,
      List<Stmt> body,
      Span bodySpan) {}

  /** {@code struct}, {@code enum} or {@code union} as a pattern. */
  record CategoryPattern(Span span, String word) implements Expr {}

  record While(Span span, Optional<Name> binding, Expr condition, Block body) implements Expr {}

  /** The body is a block, or one statement behind {@code =>}. */
  record For(Span span, List<Iterable> iterables, List<Capture> captures, boolean arrow, Stmt body)
      implements Expr {}

  /** A plain iterable has no mark; a range has one. */
  record Iterable(Span span, Expr start, Optional<RangeMark> mark, Optional<Expr> end) {}

  record Capture(Name name, boolean byReference) {}

  record Push(Span span, Expr context, Block body) implements Expr {}

  record BreakExpr(Span span) implements Expr {}

  record ContinueExpr(Span span) implements Expr {}

  record ReturnExpr(Span span, Optional<Expr> value) implements Expr {}

  record Run(Span span, Expr operand) implements Expr {}

  record Asm(
      Span span, boolean isVolatile, Expr template, List<AsmOperand> operands, List<Name> clobbers)
      implements Expr {}

  /**
   * Exactly one of type (value output), place (output through {@code -> *place}), input is present.
   */
  record AsmOperand(
      Span span,
      Optional<Name> name,
      StringLit constraint,
      Optional<Expr> type,
      Optional<Expr> place,
      Optional<Expr> input) {}
}
