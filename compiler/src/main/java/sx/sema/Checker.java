package sx.sema;

import org.jspecify.annotations.Nullable;
import sx.sema.tree.Constant;
import sx.sema.tree.Tree;
import sx.source.Span;
import sx.syntax.Ast;
import sx.type.Type;
import sx.type.Types;

/**
 * Checks the code of one function body, or of one expression outside of any: the current scope and
 * function, and the parts that know the kinds of expressions and statements.
 */
final class Checker {
  final Analysis analysis;
  final FunctionState function;
  final Names names;
  final TypeResolver types;
  final Expressions expressions;
  final Operators operators;
  final Comparisons comparisons;
  final Conversions conversions;
  final Literals literals;
  final Variants variants;
  final Members members;
  final Calls calls;
  final Intrinsics intrinsics;
  final Statements statements;
  final CompileTimeStatements comptime;
  final LocalDeclarations locals;
  final Loops loops;
  final RangeCounts rangeCounts;
  final Matches matches;
  final Tuples tuples;
  final Results results;
  final Vectors vectors;
  final Conditionals conditionals;
  final Optionals optionals;
  final Errors errors;
  final Failables failables;
  final OrChains orChains;
  final FailableReturns failableReturns;
  final Assertions assertions;

  /** The name of the constant whose value is being found; empty for none. */
  String computing = "";

  /** What is proven of the function's variables here. */
  final Flow flow = new Flow();

  final Arguments arguments;
  final Entries entries;
  final Applications applications;
  Scope scope;

  /** How operations on constants are treated here. */
  enum Constants {
    /** Like the operation at run time, which wraps around (expr.arith.6). */
    NONE,
    /** A constant is needed: overflow of 64 bits is an error (decl.cexpr.4). */
    CONSTANT,
    /** Moreover, integers of every type are 64 bits wide (decl.cexpr.2). */
    COUNT
  }

  Constants folding;

  /** Whether what is checked stands for a type, as in an annotation (ct.field.5). */
  private boolean typePosition;

  /** The statement or declaration that is being checked, where some conversions are refused. */
  @Nullable Span statement;

  /** The literal whose field is being checked, which a refused erasure marks (proto.own.9). */
  @Nullable Span literal;

  private Checker(Analysis analysis, Scope scope, FunctionState function) {
    this.analysis = analysis;
    this.scope = scope;
    this.function = function;
    this.folding = function.name.isEmpty() ? Constants.CONSTANT : Constants.NONE;
    this.names = new Names(this);
    this.types = new TypeResolver(this);
    this.expressions = new Expressions(this);
    this.operators = new Operators(this);
    this.comparisons = new Comparisons(this);
    this.conversions = new Conversions(this);
    this.literals = new Literals(this);
    this.variants = new Variants(this);
    this.members = new Members(this);
    this.calls = new Calls(this);
    this.intrinsics = new Intrinsics(this);
    this.statements = new Statements(this);
    this.comptime = new CompileTimeStatements(this);
    this.locals = new LocalDeclarations(this);
    this.loops = new Loops(this);
    this.rangeCounts = new RangeCounts(this);
    this.matches = new Matches(this);
    this.tuples = new Tuples(this);
    this.results = new Results(this);
    this.vectors = new Vectors(this);
    this.conditionals = new Conditionals(this);
    this.optionals = new Optionals(this);
    this.errors = new Errors(this);
    this.failables = new Failables(this);
    this.orChains = new OrChains(this);
    this.failableReturns = new FailableReturns(this);
    this.assertions = new Assertions(this);
    this.arguments = new Arguments(this);
    this.entries = new Entries(this);
    this.applications = new Applications(this);
  }

  static Checker of(Analysis analysis, Scope scope, FunctionState function) {
    return new Checker(analysis, scope, function);
  }

  void error(Span at, String message) {
    analysis.diagnostics.error(at, message);
  }

  /** Reports and returns the node that causes no further errors. */
  Tree.Expr bad(Span at, String message) {
    error(at, message);
    return bad(at);
  }

  Tree.Expr bad(Span at) {
    return new Tree.Const(at, Types.ERROR, Constant.ZERO);
  }

  /**
   * A value to initialise a declaration or an entry of a literal, where {@code ---} may stand
   * (expr.undef.1).
   */
  Tree.Expr initialiser(Ast.Expr e, Type target) {
    return e instanceof Ast.Undefined u && !target.isError()
        ? new Tree.Undefined(u.span(), target)
        : value(e, target);
  }

  /** The value of a constant with a type: a truth value is none for a number (types.const.2). */
  Tree.Expr constant(Ast.Expr e, Type target) {
    if (e instanceof Ast.Undefined) {
      return initialiser(e, target);
    }
    Tree.Expr v = expressions.check(e, target);
    return v.type().equals(Types.BOOL) && target.isNumeric()
        ? bad(e.span(), "a constant of type `" + name(target) + "` cannot be a truth value")
        : conversions.convert(v, target, e.span());
  }

  /** Checks an expression and converts it to a type; errors point at the expression. */
  Tree.Expr value(Ast.Expr e, Type target) {
    if (e instanceof Ast.Block b && b.statements().isEmpty() && target instanceof Type.Void) {
      return new Tree.Const(e.span(), target, Constant.ZERO); // types.prim.7
    }
    return conversions.convert(expressions.check(e, target), target, e.span());
  }

  String name(Type t) {
    return analysis.typeNames.of(t);
  }

  /** Runs a piece of checking in a scope of its own. */
  <T> T scoped(java.util.function.Supplier<T> body) {
    Scope outer = scope;
    scope = outer.inner();
    try {
      return body.get();
    } finally {
      scope = outer;
    }
  }

  /** Runs a piece of checking that treats constants in another way. */
  <T> T folding(Constants kind, java.util.function.Supplier<T> body) {
    Constants outer = folding;
    folding = kind;
    try {
      return body.get();
    } finally {
      folding = outer;
    }
  }

  /** Checks an expression that stands where a type does. */
  <T> T asType(java.util.function.Supplier<T> body) {
    boolean outer = typePosition;
    typePosition = true;
    try {
      return body.get();
    } finally {
      typePosition = outer;
    }
  }

  /** Whether a call that gives a type stands where a type does. */
  boolean standsForType(@Nullable Type expected) {
    return typePosition || expected instanceof Type.Meta;
  }

  Tree.Expr intConst(Span at, Type type, long value) {
    return new Tree.Const(at, type, new Constant.Int(value));
  }

  Tree.Expr boolConst(Span at, boolean value) {
    return intConst(at, Types.BOOL, value ? 1 : 0);
  }

  /** The value of an integer constant, or null if the expression is none. */
  @Nullable Long constantInt(Tree.Expr e) {
    return switch (Folding.constant(e).orElse(null)) {
      case Constant.Int n -> n.value();
      case Constant.Zero z when e.type().isInt() -> 0L;
      case null, default -> null;
    };
  }
}
