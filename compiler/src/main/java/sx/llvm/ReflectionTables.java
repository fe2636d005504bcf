package sx.llvm;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import sx.ir.Inst.ReflectKind;
import sx.ir.Program;
import sx.ir.Reflection;
import sx.type.Type;
import sx.type.Types;

/**
 * The static tables behind run-time reflection (ct.rt.1) and one small function for each kind of
 * question that is asked. Emitted only if one is.
 *
 * <p>Table {@code sxrt.types} has a row for each tag; a row points to the rows of its members. The
 * answer about a member that does not exist is the same as that of {@link Reflection}.
 */
final class ReflectionTables {
  private static final String ROW =
      "%sx.type = type { ptr, i64, i64, i64, i64, i64, i64, i64, i64, i64, i64, i64, i64, i64, i64,"
          + " i64, i64, ptr }\n"
          + "%sx.member = type { ptr, i64, i64, i64, i64 }\n";

  /** Columns of a row that are numbers, by their place; 0 and 1 are the name. */
  private static final ReflectKind[] COLUMNS = {
    ReflectKind.SIZE_OF,
    ReflectKind.ALIGN_OF,
    ReflectKind.IS_UNSIGNED,
    ReflectKind.IS_FLAGS,
    ReflectKind.IS_STRUCT,
    ReflectKind.KIND,
    ReflectKind.STRUCT_FIELD_COUNT,
    ReflectKind.FIELD_COUNT,
    ReflectKind.VARIANT_COUNT,
    ReflectKind.VARIANT_TAG_WIDTH,
    ReflectKind.TAG_OFFSET,
    ReflectKind.PAYLOAD_OFFSET,
    ReflectKind.VECTOR_LANES,
    ReflectKind.POINTEE,
  };

  private static final int FIRST_COLUMN = 2;

  /** The column that says how many member rows there are; the next one points to them. */
  private static final int MEMBER_COUNT = FIRST_COLUMN + COLUMNS.length;

  private final Program program;
  private final Reflection reflection;
  private final Set<ReflectKind> used = EnumSet.noneOf(ReflectKind.class);

  /** Names that were placed, and where in the text object. */
  private final Map<String, Integer> texts = new TreeMap<>();

  private final StringBuilder textBytes = new StringBuilder();

  ReflectionTables(Program program, Reflection reflection) {
    this.program = program;
    this.reflection = reflection;
  }

  Reflection reflection() {
    return reflection;
  }

  /** The function that answers a kind of question. */
  String function(ReflectKind kind) {
    used.add(kind);
    return "@reflect." + kind.name().toLowerCase(java.util.Locale.ROOT);
  }

  /** A text with one character for each of its UTF-8 bytes. */
  static String bytesOf(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /**
   * Appends tables and functions, after all other code was emitted: only then all tags are known.
   * Types that only the tables themselves mention get tags and rows as well.
   */
  void appendTo(StringBuilder out) {
    if (used.isEmpty()) {
      return;
    }
    int nothing = program.types().tag(Types.VOID);
    StringBuilder rows = new StringBuilder();
    StringBuilder members = new StringBuilder();
    int count = 0;
    for (int tag = 0; tag < program.types().tagCount(); tag++) {
      count += row(program.types().ofTag(tag), tag, count, rows, members);
    }
    out.append(ROW);
    out.append("@reflect.types = private unnamed_addr constant [")
        .append(program.types().tagCount());
    out.append(" x %sx.type] [\n").append(rows).append("], align 8\n");
    out.append("@reflect.members = private unnamed_addr constant [").append(count);
    out.append(" x %sx.member] [\n").append(members).append("], align 8\n");
    out.append("@reflect.names = private unnamed_addr constant [").append(textBytes.length());
    out.append(" x i8] c\"");
    for (int i = 0; i < textBytes.length(); i++) {
      Symbols.escape(out, textBytes.charAt(i));
    }
    out.append("\", align 1\n\n");
    for (ReflectKind kind : used) {
      define(kind, nothing, out);
    }
  }

  /** Appends the row of a type; how many member rows it took. */
  private int row(Type type, int tag, int firstMember, StringBuilder rows, StringBuilder members) {
    rows.append(tag == 0 ? "" : ",\n").append("%sx.type { ");
    name(reflection.typeName(type), rows);
    for (ReflectKind column : COLUMNS) {
      rows.append(", i64 ").append(reflection.number(column, type, 0));
    }
    boolean uniform = isUniform(type);
    long count = uniform ? 1 : reflection.memberTypeCount(type);
    rows.append(", i64 ").append(uniform ? -1 : count).append(", ptr ");
    rows.append("getelementptr (%sx.member, ptr @reflect.members, i64 ").append(firstMember);
    rows.append(") }");
    for (int i = 0; i < count; i++) {
      members.append(firstMember + i == 0 ? "" : ",\n").append("%sx.member { ");
      name(reflection.text(ReflectKind.FIELD_NAME, type, i), members);
      number(ReflectKind.FIELD_TYPE, type, i, members);
      number(ReflectKind.FIELD_OFFSET, type, i, members);
      number(ReflectKind.VARIANT_VALUE, type, i, members);
      members.append(" }");
    }
    return (int) count;
  }

  /** Whether every index, in range or not, has one and the same answer. */
  private static boolean isUniform(Type type) {
    return type instanceof Type.Array
        || type instanceof Type.Vector
        || type instanceof Type.Slice
        || type instanceof Type.Optional;
  }

  private void number(ReflectKind kind, Type type, int index, StringBuilder out) {
    out.append(", i64 ").append(reflection.number(kind, type, index));
  }

  private void name(String text, StringBuilder out) {
    String bytes = bytesOf(text);
    Integer known = texts.get(bytes);
    int at = known == null ? textBytes.length() : known;
    if (known == null) {
      texts.put(bytes, at);
      textBytes.append(bytes).append('\0');
    }
    out.append("ptr getelementptr (i8, ptr @reflect.names, i64 ").append(at).append("), i64 ");
    out.append(bytes.length());
  }

  private void define(ReflectKind kind, int nothing, StringBuilder out) {
    Type result = Reflection.resultType(kind);
    boolean text = result.equals(Types.STRING);
    String type = text ? "{ ptr, i64 }" : result.equals(Types.BOOL) ? "i1" : "i64";
    out.append("define internal fastcc ").append(type).append(' ').append(function(kind));
    out.append(Reflection.takesIndex(kind) ? "(i64 %tag, i64 %index)" : "(i64 %tag)");
    out.append(" #0 {\n");
    if (!Reflection.takesIndex(kind)) {
      value("%sx.type", "@reflect.types", "%tag", text ? 0 : column(kind), type, out);
    } else {
      member(kind, type, nothing, out);
    }
    out.append("}\n\n");
  }

  private static int column(ReflectKind kind) {
    return FIRST_COLUMN + java.util.List.of(COLUMNS).indexOf(kind);
  }

  private static void member(ReflectKind kind, String type, int nothing, StringBuilder out) {
    int column =
        switch (kind) {
          case FIELD_NAME -> 0;
          case FIELD_TYPE -> 2;
          case FIELD_OFFSET -> 3;
          default -> 4;
        };
    String otherwise =
        switch (kind) {
          case FIELD_NAME -> "{ ptr @reflect.names, i64 0 }";
          case FIELD_TYPE -> Integer.toString(nothing);
          default -> "0";
        };
    address("%c", "%sx.type", "@reflect.types", "%tag", MEMBER_COUNT, out);
    out.append("  %count = load i64, ptr %c, align 8\n");
    out.append("  %uniform = icmp eq i64 %count, -1\n");
    out.append("  %at = select i1 %uniform, i64 0, i64 %index\n");
    out.append("  %inside = icmp ult i64 %index, %count\n");
    out.append("  %has = or i1 %uniform, %inside\n");
    out.append("  br i1 %has, label %yes, label %no\nno:\n  ret ").append(type).append(' ');
    out.append(otherwise).append("\nyes:\n");
    address("%m", "%sx.type", "@reflect.types", "%tag", MEMBER_COUNT + 1, out);
    out.append("  %members = load ptr, ptr %m, align 8\n");
    value("%sx.member", "%members", "%at", column, type, out);
  }

  private static void address(
      String result, String row, String table, String index, int column, StringBuilder out) {
    out.append("  ").append(result).append(" = getelementptr ").append(row).append(", ptr ");
    out.append(table).append(", i64 ").append(index).append(", i32 ").append(column).append('\n');
  }

  /** Returns a column of a row as a value of the result type. */
  private static void value(
      String row, String table, String index, int column, String type, StringBuilder out) {
    address("%p", row, table, index, column, out);
    if (type.equals("i64")) {
      out.append("  %v = load i64, ptr %p, align 8\n  ret i64 %v\n");
    } else if (type.equals("i1")) {
      out.append("  %v = load i64, ptr %p, align 8\n  %b = trunc i64 %v to i1\n  ret i1 %b\n");
    } else {
      address("%q", row, table, index, column + 1, out);
      out.append("  %v = load ptr, ptr %p, align 8\n  %n = load i64, ptr %q, align 8\n");
      out.append("  %s0 = insertvalue { ptr, i64 } poison, ptr %v, 0\n");
      out.append("  %s1 = insertvalue { ptr, i64 } %s0, i64 %n, 1\n");
      out.append("  ret { ptr, i64 } %s1\n");
    }
  }
}
