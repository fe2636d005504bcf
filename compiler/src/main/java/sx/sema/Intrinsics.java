package sx.sema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sx.module.Declaration;
import sx.module.Module;
import sx.sema.tree.Constant;
import sx.sema.tree.Tree;
import sx.sema.tree.Tree.ReflectOp;
import sx.source.Span;
import sx.syntax.Ast;
import sx.type.Type;
import sx.type.TypeKind;
import sx.type.TypeTable;
import sx.type.Types;

/** Functions that the compiler implements (12-comptime.md sections 12 to 19, std.core.9). */
final class Intrinsics {
  /** Questions about a type: the name, what answers at run time, and the type of the answer. */
  private record Question(ReflectOp op, Type answer, boolean indexed) {}

  private static final Map<String, Question> QUESTIONS =
      Map.ofEntries(
          Map.entry("size_of", new Question(ReflectOp.SIZE_OF, Types.I64, false)),
          Map.entry("align_of", new Question(ReflectOp.ALIGN_OF, Types.I64, false)),
          Map.entry("type_name", new Question(ReflectOp.TYPE_NAME, Types.STRING, false)),
          Map.entry("is_unsigned", new Question(ReflectOp.IS_UNSIGNED, Types.BOOL, false)),
          Map.entry("type_is_unsigned", new Question(ReflectOp.IS_UNSIGNED, Types.BOOL, false)),
          Map.entry("is_flags", new Question(ReflectOp.IS_FLAGS, Types.BOOL, false)),
          Map.entry("is_struct", new Question(ReflectOp.IS_STRUCT, Types.BOOL, false)),
          Map.entry(
              "struct_field_count", new Question(ReflectOp.STRUCT_FIELD_COUNT, Types.I64, false)),
          Map.entry("field_count", new Question(ReflectOp.FIELD_COUNT, Types.I64, false)),
          Map.entry("struct_field_name", new Question(ReflectOp.FIELD_NAME, Types.STRING, true)),
          Map.entry("field_name", new Question(ReflectOp.FIELD_NAME, Types.STRING, true)),
          Map.entry("variant_name", new Question(ReflectOp.FIELD_NAME, Types.STRING, true)),
          Map.entry("struct_field_type", new Question(ReflectOp.FIELD_TYPE, Types.TYPE, true)),
          Map.entry("field_type", new Question(ReflectOp.FIELD_TYPE, Types.TYPE, true)),
          Map.entry("variant_type", new Question(ReflectOp.FIELD_TYPE, Types.TYPE, true)),
          Map.entry("struct_field_offset", new Question(ReflectOp.FIELD_OFFSET, Types.I64, true)),
          Map.entry("variant_count", new Question(ReflectOp.VARIANT_COUNT, Types.I64, false)),
          Map.entry("variant_value", new Question(ReflectOp.VARIANT_VALUE, Types.I64, true)),
          Map.entry("field_value_int", new Question(ReflectOp.VARIANT_VALUE, Types.I64, true)),
          Map.entry(
              "__sx_variant_tag_width",
              new Question(ReflectOp.VARIANT_TAG_WIDTH, Types.I64, false)),
          Map.entry(
              "__sx_variant_tag_offset", new Question(ReflectOp.TAG_OFFSET, Types.I64, false)),
          Map.entry("vector_lanes", new Question(ReflectOp.VECTOR_LANES, Types.I64, false)),
          Map.entry("pointee_type", new Question(ReflectOp.POINTEE, Types.TYPE, false)),
          Map.entry("pointee", new Question(ReflectOp.POINTEE, Types.TYPE, false)),
          Map.entry("__sx_pointee", new Question(ReflectOp.POINTEE, Types.TYPE, false)),
          Map.entry("__sx_type_kind", new Question(ReflectOp.KIND, Types.I64, false)));

  private static final Set<String> OTHERS =
      Set.of(
          "type_of",
          "has_impl",
          "is_identity",
          "type_eq",
          "is_comptime",
          "error_name",
          "error_tag_name",
          "struct_field_value",
          "field_value",
          "field_index",
          "type_info",
          "variant_index",
          "variant_payload",
          "any_element",
          "raw_any_data",
          "raw_make_any",
          "sqrt",
          "sin",
          "cos",
          "floor");

  private final Checker c;

  Intrinsics(Checker c) {
    this.c = c;
  }

  /** Whether a name is a function of the compiler's own. */
  static boolean isKnown(String name) {
    return QUESTIONS.containsKey(name) || OTHERS.contains(name) || RawInterface.isKnown(name);
  }

  /** The library module that declares the function, below {@code modules/} (ct.intr.4). */
  static String home(String name) {
    return switch (name) {
      case "type_info", "raw_declare_type", "raw_register_type" -> "std/meta.sx";
      case "sqrt", "sin", "cos", "floor" -> "math/scalar.sx";
      default -> "std/core.sx";
    };
  }

  /** Whether a call of the function gives a type (gen.call.3). */
  static boolean givesType(String name) {
    Question q = QUESTIONS.get(name);
    return name.equals("type_of")
        || RawInterface.givesType(name)
        || (q != null && q.answer().equals(Types.TYPE));
  }

  Tree.Expr call(String name, Ast.Call call, @Nullable Type expected) {
    if (RawInterface.isKnown(name)) {
      return new RawInterface(c).call(name, call);
    }
    int wanted = arity(name);
    if (call.args().size() != wanted) {
      return c.bad(call.callee().span(), Calls.wrongCount(wanted, wanted, call.args().size()));
    }
    for (Ast.Arg a : call.args()) {
      if (a.name().isPresent()) {
        return c.bad(call.callee().span(), "`" + name + "` takes no named arguments");
      }
    }
    Question q = QUESTIONS.get(name);
    if (q != null) {
      boolean narrow = name.equals("struct_field_type") && !c.standsForType(expected);
      return ask(name, q, call, narrow);
    }
    return switch (name) {
      case "type_of" -> typeOf(call);
      case "type_eq" -> typeEq(call);
      case "has_impl" -> hasImpl(call);
      case "is_identity" -> isIdentity(call);
      case "error_name", "error_tag_name" -> c.errors.name(call);
      case "is_comptime" -> new Tree.IsComptime(call.span());
      case "struct_field_value" -> fieldValue(call);
      case "field_value" -> anyMember(call);
      case "type_info" -> typeInfo(call);
      case "variant_index", "field_index" -> {
        Tree.Expr type = typeArgument(name, call.args().getFirst());
        yield type.type().isError()
            ? c.bad(call.span())
            : new VariantIntrinsics(c).index(call, type, known(type));
      }
      case "variant_payload" -> new VariantIntrinsics(c).payload(call);
      case "any_element" -> anyElement(call);
      case "raw_any_data" ->
          of(call, any(call, 0), a -> new Tree.Field(call.span(), Types.VOID_POINTER, a, 0));
      case "raw_make_any" -> makeAny(call);
      default -> math(name, call, expected);
    };
  }

  private static int arity(String name) {
    Question q = QUESTIONS.get(name);
    if (q != null) {
      return q.indexed() ? 2 : 1;
    }
    return switch (name) {
      case "is_comptime" -> 0;
      case "type_eq",
          "has_impl",
          "struct_field_value",
          "field_value",
          "field_index",
          "variant_index",
          "variant_payload",
          "raw_make_any" ->
          2;
      case "any_element" -> 3;
      default -> 1;
    };
  }

  private interface Make {
    Tree.Expr from(Tree.Expr e);
  }

  private Tree.Expr of(Ast.Call call, Tree.Expr e, Make make) {
    return e.type().isError() ? c.bad(call.span()) : make.from(e);
  }

  private Tree.Expr any(Ast.Call call, int i) {
    return c.value(call.args().get(i).value(), Types.ANY);
  }

  // ------------------------------------------------------------------ protocols

  /** {@code has_impl(P, T)}: asks for the declaration only (proto.has). */
  private Tree.Expr hasImpl(Ast.Call call) {
    Type protocol = c.types.resolve(call.args().get(0).value());
    Type type = c.types.resolve(call.args().get(1).value());
    if (protocol.isError() || type.isError()) {
      return c.bad(call.span());
    }
    if (!(protocol instanceof Type.Protocol p)) {
      return c.bad(call.args().get(0).span(), "`" + c.name(protocol) + "` is not a protocol");
    }
    return c.boolConst(call.span(), c.analysis.impls.find(p, type) != null);
  }

  /** {@code is_identity(X)} (proto.ident.6). */
  private Tree.Expr isIdentity(Ast.Call call) {
    Type type = c.types.resolve(call.args().get(0).value());
    return type.isError()
        ? c.bad(call.span())
        : c.boolConst(
            call.span(),
            type instanceof Type.Protocol p && c.analysis.protocols.info(p).identity());
  }

  // ------------------------------------------------------------------ types

  /** The argument of a {@code $T: Type} parameter as a value of type Type (ct.size.1). */
  private Tree.Expr typeArgument(String name, Ast.Arg arg) {
    Ast.Expr e = arg.value();
    return asType(name, c.asType(() -> c.expressions.any(e)), e.span());
  }

  private Tree.Expr asType(String name, Tree.Expr v, Span at) {
    return switch (v.type()) {
      case Type.Meta m -> v;
      case Type.Erroneous x -> v;
      case Type.Any a -> typeMeant(v, at);
      default ->
          c.bad(at, "`" + name + "` needs a type, not a value of type `" + c.name(v.type()) + "`");
    };
  }

  /** An any stands for the type of what it holds, or for the type that it holds (ct.size.1). */
  private Tree.Expr typeMeant(Tree.Expr v, Span at) {
    sx.sema.tree.Local object = new sx.sema.tree.Local("object", Types.ANY, at);
    Tree.Expr ref = new Tree.LocalRef(at, object);
    Tree.Expr held = heldType(ref, at);
    Tree.Expr holdsType =
        new Tree.Compare(at, Tree.CompareOp.EQ, held, c.expressions.typeValue(at, Types.TYPE));
    Type pointer = new Type.Pointer(Types.TYPE);
    Tree.Expr data = new Tree.Field(at, Types.VOID_POINTER, ref, 0);
    Tree.Expr inner =
        new Tree.Deref(
            at, Types.TYPE, new Tree.Convert(at, pointer, Tree.Conversion.ADDRESS, data));
    return new Tree.Block(
        at,
        Types.TYPE,
        List.of(new Tree.Declare(at, object, Optional.of(v))),
        Optional.of(new Tree.If(at, Types.TYPE, holdsType, inner, held)));
  }

  private static Tree.Expr heldType(Tree.Expr v, Span at) {
    return new Tree.Field(at, Types.TYPE, v, 1);
  }

  private static @Nullable Type known(Tree.Expr e) {
    return e instanceof Tree.Const k && k.value() instanceof Constant.TypeValue t ? t.type() : null;
  }

  /**
   * A question about a type.
   *
   * @param narrow whether it is about members of structs only (ct.field.5)
   */
  private Tree.Expr ask(String name, Question q, Ast.Call call, boolean narrow) {
    Tree.Expr subject = typeArgument(name, call.args().getFirst());
    Optional<Tree.Expr> index =
        q.indexed()
            ? Optional.of(c.value(call.args().get(1).value(), Types.I64))
            : Optional.empty();
    if (subject.type().isError() || index.filter(e -> e.type().isError()).isPresent()) {
      return c.bad(call.span());
    }
    Type t = known(subject);
    if (t != null) {
      Tree.Expr answer = fixed(name, q, t, index, call, narrow);
      if (answer != null) {
        return answer;
      }
    }
    if (q.op() == ReflectOp.POINTEE && !name.equals("__sx_pointee")) {
      return new RawInterface(c).of("pointee_type", call.span(), List.of(subject));
    }
    return new Tree.Reflect(call.span(), q.answer(), q.op(), subject, index);
  }

  /** The answer about a known type; null if a run-time index leaves it open. */
  private Tree.@Nullable Expr fixed(
      String name, Question q, Type t, Optional<Tree.Expr> index, Ast.Call call, boolean narrow) {
    Span at = call.span();
    c.analysis.structs.checkContainment(); // a type that holds itself has no size
    if (c.analysis.constructions.isOpen(t) && q.op() != ReflectOp.TYPE_NAME) {
      return c.bad(
          at,
          "`" + c.name(t) + "` is still under construction, and `" + name + "` needs its shape");
    }
    if (name.equals("struct_field_count") && c.folding == Checker.Constants.COUNT) {
      return c.intConst(at, Types.I64, count(ReflectOp.FIELD_COUNT, t)); // ct.const.7
    }
    if (q.op() == ReflectOp.VECTOR_LANES && !(t instanceof Type.Vector)) {
      return c.bad(
          call.args().getFirst().value().span(), "`" + c.name(t) + "` is not a vector type");
    }
    String wrongKind = wrongKind(name, t, narrow);
    if (wrongKind != null) {
      return c.bad(call.callee().span(), wrongKind);
    }
    List<TypeTable.Field> members = members(t);
    Long i = index.map(c::constantInt).orElse(null);
    if (q.indexed() && i == null) {
      return null;
    }
    Type element = elementOf(t);
    long size =
        narrow || name.equals("struct_field_name") || name.equals("struct_field_offset")
            ? count(ReflectOp.STRUCT_FIELD_COUNT, t)
            : element == null ? members.size() : count(ReflectOp.FIELD_COUNT, t);
    if (q.indexed() && i != null && (i < 0 || i >= size)) {
      return c.bad(
          call.args().get(1).value().span(),
          "the index " + i + " is outside of the " + size + " members of `" + c.name(t) + "`");
    }
    int n = i == null ? 0 : i.intValue();
    return switch (q.op()) {
      case SIZE_OF -> c.intConst(at, Types.I64, c.analysis.layout.size(t));
      case ALIGN_OF -> c.intConst(at, Types.I64, c.analysis.layout.align(t));
      case TYPE_NAME -> text(at, c.name(t));
      case IS_UNSIGNED -> c.boolConst(at, t instanceof Type.Int x && !x.signed());
      case IS_FLAGS -> c.boolConst(at, t instanceof Type.Enum e && c.analysis.types.isFlags(e));
      case IS_STRUCT -> c.boolConst(at, TypeKind.of(t, c.analysis.types) == TypeKind.STRUCT);
      case STRUCT_FIELD_COUNT, FIELD_COUNT, VARIANT_COUNT ->
          c.intConst(at, Types.I64, count(q.op(), t));
      case FIELD_NAME -> text(at, element != null ? "" : members.get(n).name());
      case FIELD_TYPE ->
          c.expressions.typeValue(at, element != null ? element : members.get(n).type());
      case FIELD_OFFSET -> c.intConst(at, Types.I64, offset(t, n));
      case VARIANT_VALUE ->
          c.intConst(at, Types.I64, c.analysis.types.variants((Type.Enum) t).get(n).value());
      case VECTOR_LANES -> c.intConst(at, Types.I64, t instanceof Type.Vector v ? v.lanes() : 0);
      case POINTEE -> pointee(t, call);
      default -> null;
    };
  }

  /** Where a member of a struct, tuple or union begins; 0 for other types (ct.field.6). */
  private long offset(Type t, int n) {
    return switch (t) {
      case Type.Struct s -> c.analysis.layout.parts(s).get(n).offset();
      case Type.Tuple u -> c.analysis.layout.parts(u).get(n).offset();
      default -> 0;
    };
  }

  private static @Nullable Type elementOf(Type t) {
    return switch (t) {
      case Type.Array a -> a.element();
      case Type.Vector v -> v.element();
      default -> null;
    };
  }

  private Tree.Expr text(Span at, String s) {
    return new Tree.Const(
        at, Types.STRING, new Constant.Text(s.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
  }

  private Tree.Expr pointee(Type t, Ast.Call call) {
    return switch (t) {
      case Type.Pointer p -> c.expressions.typeValue(call.span(), p.target());
      case Type.ManyPointer m -> c.expressions.typeValue(call.span(), m.element());
      default ->
          c.bad(call.args().getFirst().value().span(), "`" + c.name(t) + "` is not a pointer type");
    };
  }

  private long count(ReflectOp op, Type t) {
    return switch (t) {
      case Type.Array a -> op == ReflectOp.FIELD_COUNT ? a.length() : 0;
      case Type.Vector v -> op == ReflectOp.FIELD_COUNT ? v.lanes() : 0;
      case Type.Enum e ->
          op == ReflectOp.STRUCT_FIELD_COUNT ? 0 : c.analysis.types.variants(e).size();
      case Type.Slice s -> 0;
      case Type.Optional o -> 0;
      default -> op == ReflectOp.VARIANT_COUNT ? 0 : members(t).size();
    };
  }

  /** Members in the wide sense of ct.field.5, as far as a list can show them. */
  private List<TypeTable.Field> members(Type t) {
    return switch (t) {
      case Type.Struct s when c.analysis.types.isTuple(s) ->
          c.analysis.types.fields(s).stream().map(f -> new TypeTable.Field("", f.type())).toList();
      case Type.Struct s -> c.analysis.types.fields(s);
      case Type.Union u -> c.analysis.types.fields(u);
      case Type.Enum e ->
          c.analysis.types.variants(e).stream()
              .map(v -> new TypeTable.Field(v.name(), v.payload()))
              .toList();
      case Type.Tuple u -> {
        List<TypeTable.Field> all = new ArrayList<>();
        for (int i = 0; i < u.elements().size(); i++) {
          all.add(new TypeTable.Field(u.labels().get(i), u.elements().get(i)));
        }
        yield all;
      }
      case Type.Slice s -> List.of(new TypeTable.Field("", s.element()));
      case Type.Optional o -> List.of(new TypeTable.Field("", o.payload()));
      default -> List.of();
    };
  }

  /** The kind errors of ct.field.4 and ct.var.7; null if the question suits the type. */
  private @Nullable String wrongKind(String name, Type t, boolean narrow) {
    if (name.equals("struct_field_type") && !narrow) {
      return null;
    }
    boolean isEnum = t instanceof Type.Enum;
    boolean hasLength = t instanceof Type.Array || t instanceof Type.Vector;
    return switch (name) {
      case "struct_field_count", "struct_field_name", "struct_field_offset", "struct_field_type" ->
          isEnum
              ? "`"
                  + name
                  + "` does not serve the enum `"
                  + c.name(t)
                  + "`; use `variant_"
                  + name.substring("struct_field_".length())
                  + "`"
              : hasLength ? "`" + name + "` does not serve `" + c.name(t) + "`; use `.len`" : null;
      case "variant_count", "variant_name", "variant_type", "variant_value" ->
          isEnum
              ? null
              : "`"
                  + name
                  + "` does not serve `"
                  + c.name(t)
                  + "`"
                  + (t instanceof Type.Struct
                      ? "; use `struct_field_" + name.substring("variant_".length()) + "`"
                      : "");
      default -> null;
    };
  }

  private Tree.Expr typeOf(Ast.Call call) {
    Tree.Expr v = c.expressions.any(call.args().getFirst().value());
    return switch (v.type()) {
      case Type.Erroneous e -> c.bad(call.span());
      case Type.Any a -> heldType(v, call.span());
      case Type.Protocol p -> new Tree.Field(call.span(), Types.TYPE, v, 1);
      default -> c.expressions.typeValue(call.span(), v.type());
    };
  }

  private Tree.Expr typeEq(Ast.Call call) {
    Tree.Expr l = typeArgument("type_eq", call.args().get(0));
    Tree.Expr r = typeArgument("type_eq", call.args().get(1));
    return c.comparisons.compare(
        call.span(), Ast.BinaryOp.EQ, l, r, call.args().get(0).span(), call.args().get(1).span());
  }

  // ------------------------------------------------------------------ values

  /** {@code field_value}: by kind (ct.old.5). */
  private Tree.Expr anyMember(Ast.Call call) {
    Tree.Expr v = c.expressions.any(call.args().get(0).value());
    return v.type() instanceof Type.Enum
        ? new VariantIntrinsics(c).payload(call)
        : fieldValue(call);
  }

  /** {@code type_info}, which the library answers (ct.tinfo.1, ct.tinfo.7). */
  private Tree.Expr typeInfo(Ast.Call call) {
    Tree.Expr type = typeArgument("type_info", call.args().getFirst());
    if (type.type().isError()) {
      return c.bad(call.span());
    }
    Declaration d = RawInterface.meta(c.analysis, "__sx_describe");
    Optional<sx.sema.tree.Instance> describe =
        d != null && c.analysis.entity(d) instanceof Entity.Fn f
            ? c.analysis.instances.plain(f.decl(), call.span())
            : Optional.empty();
    return describe
        .<Tree.Expr>map(i -> new Tree.Call(call.span(), i.result(), i, List.of(type)))
        .orElseGet(
            () ->
                c.bad(
                    call.span(),
                    "`type_info` needs the module `modules/std/meta.sx` in the program; import it"));
  }

  private Tree.Expr fieldValue(Ast.Call call) {
    Tree.Expr v = c.expressions.any(call.args().get(0).value());
    Tree.Expr i = c.value(call.args().get(1).value(), Types.I64);
    if (v.type().isError() || i.type().isError()) {
      return c.bad(call.span());
    }
    String other =
        v.type() instanceof Type.Enum
            ? "use `variant_payload`"
            : v.type() instanceof Type.Array
                    || v.type() instanceof Type.Vector
                    || v.type() instanceof Type.Slice
                ? "index it"
                : "";
    if (!other.isEmpty()) {
      return c.bad(
          call.callee().span(),
          "`struct_field_value` does not serve `" + c.name(v.type()) + "`; " + other);
    }
    Long n = c.constantInt(i);
    List<TypeTable.Field> members = members(v.type());
    boolean hasParts = v.type() instanceof Type.Struct || v.type() instanceof Type.Tuple;
    if (n != null && hasParts) {
      if (n < 0 || n >= members.size()) {
        return c.bad(
            call.args().get(1).value().span(),
            "the index " + n + " is outside of the " + members.size() + " members");
      }
      Tree.Expr part =
          new Tree.Field(
              call.span(), members.get(n.intValue()).type(), c.expressions.place(v), n.intValue());
      return new Tree.Convert(call.span(), Types.ANY, Tree.Conversion.BOX, part);
    }
    Tree.Expr whole = v.type() instanceof Type.Any ? v : c.conversions.box(v);
    return member(call.span(), whole, i);
  }

  /** The member of what an any holds, found at run time. */
  private Tree.Expr member(Span at, Tree.Expr whole, Tree.Expr index) {
    sx.sema.tree.Local object = new sx.sema.tree.Local("object", Types.ANY, at);
    sx.sema.tree.Local number = new sx.sema.tree.Local("index", Types.I64, at);
    Tree.Expr ref = new Tree.LocalRef(at, object);
    Optional<Tree.Expr> i = Optional.of(new Tree.LocalRef(at, number));
    Tree.Expr type = heldType(ref, at);
    Tree.Expr offset = new Tree.Reflect(at, Types.I64, ReflectOp.FIELD_OFFSET, type, i);
    Tree.Expr data =
        new Tree.Arithmetic(
            at,
            Types.VOID_POINTER,
            Tree.ArithmeticOp.ADD,
            new Tree.Field(at, Types.VOID_POINTER, ref, 0),
            offset);
    Tree.Expr made =
        anyOf(at, data, new Tree.Reflect(at, Types.TYPE, ReflectOp.FIELD_TYPE, type, i));
    return new Tree.Block(
        at,
        Types.ANY,
        List.of(
            new Tree.Declare(at, object, Optional.of(whole)),
            new Tree.Declare(at, number, Optional.of(index))),
        Optional.of(made));
  }

  private static Tree.Expr anyOf(Span at, Tree.Expr data, Tree.Expr type) {
    return new Tree.Aggregate(
        at, Types.ANY, List.of(new Tree.Part(0, data), new Tree.Part(1, type)));
  }

  private Tree.Expr anyElement(Ast.Call call) {
    Tree.Expr v = any(call, 0);
    Tree.Expr element = typeArgument("any_element", call.args().get(1));
    Tree.Expr i = c.value(call.args().get(2).value(), Types.I64);
    if (v.type().isError() || element.type().isError() || i.type().isError()) {
      return c.bad(call.span());
    }
    Span at = call.span();
    sx.sema.tree.Local type = new sx.sema.tree.Local("element", Types.TYPE, at);
    Tree.Expr t = new Tree.LocalRef(at, type);
    Tree.Expr size = new Tree.Reflect(at, Types.I64, ReflectOp.SIZE_OF, t, Optional.empty());
    Tree.Expr offset = new Tree.Arithmetic(at, Types.I64, Tree.ArithmeticOp.MUL, i, size);
    Tree.Expr data =
        new Tree.Arithmetic(
            at,
            Types.VOID_POINTER,
            Tree.ArithmeticOp.ADD,
            new Tree.Field(at, Types.VOID_POINTER, v, 0),
            offset);
    return new Tree.Block(
        at,
        Types.ANY,
        List.of(new Tree.Declare(at, type, Optional.of(element))),
        Optional.of(anyOf(at, data, t)));
  }

  private Tree.Expr makeAny(Ast.Call call) {
    Tree.Expr type = typeArgument("raw_make_any", call.args().get(0));
    Ast.Expr second = call.args().get(1).value();
    Tree.Expr data = c.expressions.check(second, Types.VOID_POINTER);
    if (type.type().isError() || data.type().isError()) {
      return c.bad(call.span());
    }
    if (!(data.type() instanceof Type.Pointer || data.type() instanceof Type.ManyPointer)) {
      return c.bad(
          second.span(), "`raw_make_any` needs a pointer, not `" + c.name(data.type()) + "`");
    }
    return new Tree.Aggregate(
        call.span(),
        Types.ANY,
        List.of(
            new Tree.Part(1, type),
            new Tree.Part(0, c.conversions.convert(data, Types.VOID_POINTER, second.span()))));
  }

  private Tree.Expr math(String name, Ast.Call call, @Nullable Type expected) {
    Ast.Expr arg = call.args().getFirst().value();
    Tree.Expr v =
        c.expressions.check(arg, expected != null && expected.isFloat() ? expected : null);
    if (v.type().isError()) {
      return v;
    }
    if (v.type().isInt()) {
      v = c.conversions.numeric(v, Types.F64);
    }
    if (!v.type().isFloat()) {
      return c.bad(arg.span(), "`" + name + "` needs a float, not `" + c.name(v.type()) + "`");
    }
    Tree.MathOp op = Tree.MathOp.valueOf(name.toUpperCase(java.util.Locale.ROOT));
    return new Tree.MathCall(call.span(), v.type(), op, v);
  }

  // ------------------------------------------------------------------ places in the source

  /** {@code #caller_location} for a place: a value of the library's type (ct.loc). */
  Tree.Expr location(Span at) {
    for (Module m : c.analysis.graph.modules()) {
      Declaration d = m.declarations().get("Source_Location");
      if (d != null
          && c.analysis.entity(d) instanceof Entity.TypeName t
          && t.type() instanceof Type.Struct s
          && c.analysis.types.fields(s).size() == 4) {
        return new Tree.Aggregate(
            at,
            s,
            List.of(
                new Tree.Part(0, text(at, at.file().name())),
                new Tree.Part(1, c.intConst(at, Types.I32, at.line())),
                new Tree.Part(2, c.intConst(at, Types.I32, at.column())),
                new Tree.Part(3, text(at, c.function.name))));
      }
    }
    return c.bad(at, "`#caller_location` needs the library's `Source_Location` in the program");
  }
}
