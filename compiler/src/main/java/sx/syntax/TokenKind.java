package sx.syntax;

/**
 * The tokens of docs/reference/01-lexical.md. Order matters: keywords stand together, and so do
 * range marks and assignment operators.
 */
enum TokenKind {
  END("end of the file"),
  INVALID("invalid token"),
  NAME("a name"),
  RAW_NAME("a name"),
  INT("an integer"),
  FLOAT("a number"),
  CHAR("a character"),
  STRING("a string"),
  BLOCK_STRING("a block string"),

  // lex.kw.1; the first three are names almost everywhere (lex.kw.2)
  PROTOCOL("protocol"),
  IMPL("impl"),
  UFCS("ufcs"),
  IF("if"),
  ELSE("else"),
  THEN("then"),
  TRUE("true"),
  FALSE("false"),
  ENUM("enum"),
  ERROR("error"),
  RAISE("raise"),
  TRY("try"),
  CATCH("catch"),
  ONFAIL("onfail"),
  CASE("case"),
  BREAK("break"),
  CONTINUE("continue"),
  WHILE("while"),
  FOR("for"),
  RETURN("return"),
  DEFER("defer"),
  F32("f32"),
  F64("f64"),
  STRUCT("struct"),
  UNION("union"),
  XX("xx"),
  AND("and"),
  OR("or"),
  TYPE("Type"),
  NULL("null"),
  PUSH("push"),
  IN("in"),
  SELF("Self"),
  INLINE("inline"),
  ABI("abi"),
  EXTERN("extern"),
  EXPORT("export"),
  ASM("asm"),
  INTRINSIC("intrinsic"),
  PRIVATE("private"),

  COLON(":"),
  COLON_COLON("::"),
  COLON_EQUALS(":="),
  SEMICOLON(";"),
  COMMA(","),
  DOT("."),
  DOLLAR("$"),

  // the nine range marks, in the order of Ast.RangeMark
  RANGE(".."),
  RANGE_IN("..="),
  RANGE_EX("..<"),
  EX_RANGE("<.."),
  EX_RANGE_IN("<..="),
  EX_RANGE_EX("<..<"),
  IN_RANGE("=.."),
  IN_RANGE_IN("=..="),
  IN_RANGE_EX("=..<"),

  PLUS("+"),
  MINUS("-"),
  STAR("*"),
  SLASH("/"),
  PERCENT("%"),
  AMPERSAND("&"),
  BAR("|"),
  CARET("^"),
  TILDE("~"),
  SHIFT_LEFT("<<"),
  SHIFT_RIGHT(">>"),

  ASSIGN("="),
  PLUS_ASSIGN("+="),
  MINUS_ASSIGN("-="),
  STAR_ASSIGN("*="),
  SLASH_ASSIGN("/="),
  PERCENT_ASSIGN("%="),
  AMPERSAND_ASSIGN("&="),
  BAR_ASSIGN("|="),
  CARET_ASSIGN("^="),
  SHIFT_LEFT_ASSIGN("<<="),
  SHIFT_RIGHT_ASSIGN(">>="),

  EQUALS("=="),
  NOT_EQUALS("!="),
  LESS("<"),
  LESS_EQUALS("<="),
  GREATER(">"),
  GREATER_EQUALS(">="),
  BANG("!"),
  QUESTION("?"),
  QUESTION_QUESTION("??"),
  QUESTION_DOT("?."),
  PIPE("|>"),
  ARROW("->"),
  FAT_ARROW("=>"),
  UNDEFINED("---"),
  PAREN_OPEN("("),
  PAREN_CLOSE(")"),
  BRACE_OPEN("{"),
  BRACE_CLOSE("}"),
  BRACKET_OPEN("["),
  BRACKET_CLOSE("]"),

  // lex.dir.1
  HASH_IMPORT("#import"),
  HASH_INCLUDE("#include"),
  HASH_SOURCE("#source"),
  HASH_DEFINE("#define"),
  HASH_FLAGS("#flags"),
  HASH_LIBRARY("#library"),
  HASH_FRAMEWORK("#framework"),
  HASH_RUN("#run"),
  HASH_INSERT("#insert"),
  HASH_ERROR("#error"),
  HASH_CONTEXT_EXTEND("#context_extend"),
  HASH_USING("#using"),
  HASH_INLINE("#inline"),
  HASH_IDENTITY("#identity"),
  HASH_GET("#get"),
  HASH_SET("#set"),
  HASH_CALLER_LOCATION("#caller_location");

  /** All kinds by {@link #code}; shared, not to be written. */
  static final TokenKind[] ALL = values();

  /** The spelling, or what the token is called where it has many. */
  final String text;

  TokenKind(String text) {
    this.text = text;
  }

  /** A number below 128 by which token arrays hold this kind. */
  @SuppressWarnings("EnumOrdinal")
  int code() {
    return ordinal();
  }

  private boolean isIn(TokenKind first, TokenKind last) {
    return compareTo(first) >= 0 && compareTo(last) <= 0;
  }

  boolean isKeyword() {
    return isIn(PROTOCOL, PRIVATE);
  }

  /** {@code name} of the grammar: an identifier or one of the three words of lex.kw.2. */
  boolean isName() {
    return isIn(NAME, RAW_NAME) || isIn(PROTOCOL, UFCS);
  }

  /** {@code IDENT} of the grammar. */
  boolean isIdentifier() {
    return this == NAME || this == RAW_NAME;
  }

  /** {@code member} of the grammar: what may stand after a dot (lex.member.3). */
  boolean isMember() {
    return isIdentifier() || isKeyword();
  }

  boolean isRangeMark() {
    return isIn(RANGE, IN_RANGE_EX);
  }

  boolean isAssignment() {
    return isIn(ASSIGN, SHIFT_RIGHT_ASSIGN);
  }

  boolean isDirective() {
    return isIn(HASH_IMPORT, HASH_CALLER_LOCATION);
  }

  /** Whether a token of this kind has one spelling only. */
  boolean isFixed() {
    return isIn(PROTOCOL, HASH_CALLER_LOCATION);
  }

  /** Whether a token of this kind starts the tail of a declaration (decl.item.2). */
  boolean isDeclarationMark() {
    return isIn(COLON, COLON_EQUALS);
  }
}
