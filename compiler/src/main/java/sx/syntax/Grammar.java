package sx.syntax;

/**
 * The parts of the parser, which call each other, over one cursor. Each holds the productions of
 * one area of grammar.md.
 */
final class Grammar {
  final Cursor at;
  final Nesting nesting;

  /** Whether the bodies of declared functions are skipped until they are asked for. */
  final boolean deferring;

  final Lookahead ahead;
  final LiteralTokens literals;
  final Types types;
  final Operators operators;
  final Postfix postfix;
  final Primaries primaries;
  final Aggregates aggregates;
  final Branches branches;
  final Loops loops;
  final Statements statements;
  final Functions functions;
  final TypeBodies bodies;
  final Protocols protocols;
  final Declarations declarations;
  final Assembly assembly;
  final Items items;

  Grammar(Cursor at, Nesting nesting, boolean deferring) {
    this.at = at;
    this.nesting = nesting;
    this.deferring = deferring;
    this.ahead = new Lookahead(at, nesting);
    this.literals = new LiteralTokens(at);
    this.types = new Types(this);
    this.operators = new Operators(this);
    this.postfix = new Postfix(this);
    this.primaries = new Primaries(this);
    this.aggregates = new Aggregates(this);
    this.branches = new Branches(this);
    this.loops = new Loops(this);
    this.statements = new Statements(this);
    this.functions = new Functions(this);
    this.bodies = new TypeBodies(this);
    this.protocols = new Protocols(this);
    this.declarations = new Declarations(this);
    this.assembly = new Assembly(this);
    this.items = new Items(this);
  }

  /** An expression of the loosest level. */
  Ast.Expr expression() {
    return operators.expression();
  }

  Ast.Expr type() {
    return types.type();
  }
}
