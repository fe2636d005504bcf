package sx.sema;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sx.module.Declaration;
import sx.module.Module;
import sx.sema.tree.Constant;
import sx.sema.tree.GlobalVar;
import sx.sema.tree.Tree;
import sx.source.Diagnostic;
import sx.source.Span;
import sx.syntax.Ast;
import sx.type.Type;
import sx.type.TypeTable;

/**
 * The implicit context (16-context.md): the struct {@code Context}, assembled from the extensions
 * of all modules, its default value, {@code context} and {@code push}.
 */
final class Contexts {
  /** A {@code #context_extend}, with the module that declares it. */
  private record Extension(Ast.ContextExtend ast, Module module) {}

  private final Analysis a;
  private final Optional<Declaration> declaration;
  private final List<Extension> extensions;
  private @Nullable GlobalVar defaults;

  Contexts(Analysis a) {
    this.a = a;
    this.declaration =
        a.graph.modules().stream()
            .flatMap(m -> m.declarations().values().stream())
            .filter(Contexts::isContext)
            .findFirst();
    List<Extension> all = new ArrayList<>();
    for (Module m : a.graph.modules()) {
      for (Ast.Stmt item : m.items()) {
        if (item instanceof Ast.ContextExtend e) {
          all.add(new Extension(e, m));
        }
      }
    }
    all.sort(
        Comparator.comparing((Extension e) -> e.module().file().name())
            .thenComparing(e -> e.ast().name().text())
            .thenComparingInt(e -> e.ast().span().start()));
    this.extensions = all;
  }

  /** The library core declares it empty; a struct of that name with members is another one. */
  private static boolean isContext(Declaration d) {
    return d.name().equals("Context")
        && d.decl() instanceof Ast.ConstDecl c
        && c.value() instanceof Ast.StructType s
        && s.items().isEmpty();
  }

  /** Whether functions take a context (ctx.none.1). */
  boolean exists() {
    return declaration.isPresent();
  }

  /** Whether this declaration of a struct is that of the context. */
  @SuppressWarnings("ReferenceEquality") // it is this declaration, not one that looks like it
  boolean isDeclaredBy(Ast.StructType ast) {
    return declaration.isPresent()
        && declaration.get().decl() instanceof Ast.ConstDecl c
        && c.value() == ast;
  }

  /** The type {@code Context}, if the program has it. */
  Optional<Type.Struct> type() {
    return declaration.map(a::entity).flatMap(Contexts::structType);
  }

  private static Optional<Type.Struct> structType(Entity e) {
    return e instanceof Entity.TypeName t && t.type() instanceof Type.Struct s
        ? Optional.of(s)
        : Optional.empty();
  }

  /** Gives the struct its fields, in the order of ctx.ext.3. */
  List<TypeTable.Field> fields(StructInfo info) {
    List<TypeTable.Field> fields = new ArrayList<>();
    for (Extension e : unique(false)) {
      Checker c = Checker.of(a, Scope.of(e.module()), FunctionState.none());
      boolean usable = e.ast().init().isPresent();
      Type type = c.types.resolve(e.ast().type());
      fields.add(new TypeTable.Field(e.ast().name().text(), usable ? type : sx.type.Types.ERROR));
      info.defaults.add(
          new StructInfo.FieldDefault(usable ? e.ast().init() : Optional.empty(), c.scope));
    }
    return fields;
  }

  /** The first extension of each name; a later one is reported if asked for (ctx.ext.12). */
  private List<Extension> unique(boolean report) {
    Map<String, Extension> seen = new HashMap<>();
    List<Extension> firsts = new ArrayList<>();
    for (Extension e : extensions) {
      Extension first = seen.putIfAbsent(e.ast().name().text(), e);
      if (first == null) {
        firsts.add(e);
      } else if (report) {
        a.diagnostics.report(
            Diagnostic.error(
                    e.ast().span(),
                    "the context has a field `" + e.ast().name().text() + "` already")
                .with(
                    Diagnostic.note(
                        first.ast().span(),
                        "it is declared in `" + first.module().file().name() + "`")));
      }
    }
    return firsts;
  }

  /** Reports what is wrong with extensions, used or not. */
  void check() {
    for (Extension e : unique(true)) {
      if (e.ast().init().isEmpty()) {
        a.diagnostics.error(
            e.ast().span(),
            "the context field `" + e.ast().name().text() + "` needs a default: write `= value`");
      }
    }
    if (exists()) {
      defaultContext();
    }
  }

  /** The constant that holds every field's default (ctx.def.1); empty without a context. */
  Optional<GlobalVar> defaultContext() {
    if (defaults == null && type().isPresent()) {
      a.impls.enter(); // may run code that makes types, which needs the context itself
    }
    if (defaults != null || type().isEmpty()) {
      return Optional.ofNullable(defaults);
    }
    Type.Struct type = type().get();
    StructInfo info = a.structs.info(type);
    Span at = declaration.orElseThrow().nameSpan();
    GlobalVar made = new GlobalVar("context", type, false, at, Optional.empty());
    defaults = made;
    List<Constant> parts = new ArrayList<>();
    List<TypeTable.Field> fields = a.types.fields(type);
    for (int i = 0; i < fields.size(); i++) {
      StructInfo.FieldDefault d = info.defaults.get(i);
      parts.add(
          d.value().isEmpty() || fields.get(i).type().isError()
              ? Constant.ZERO
              : fieldDefault(d.value().get(), fields.get(i), d.scope()));
    }
    made.initial(new Constant.Aggregate(parts));
    return Optional.of(made);
  }

  private Constant fieldDefault(Ast.Expr init, TypeTable.Field field, Scope scope) {
    Checker c = Checker.of(a, scope, FunctionState.none());
    Tree.Expr v = c.initialiser(init, field.type());
    if (v.type().isError()) {
      return Constant.ZERO;
    }
    Optional<Constant> folded = Folding.constant(v);
    if (folded.isEmpty() || !GlobalInitialisers.allows(init, c.names)) {
      a.diagnostics.error(
          init.span(),
          "the default of the context field `"
              + field.name()
              + "` needs a value known at compile time");
      return Constant.ZERO;
    }
    return folded.get();
  }

  /** The type of {@code context.allocator}, if the context has that field (ctx.use.4). */
  Optional<Type.Protocol> allocator() {
    return type().stream()
        .flatMap(t -> a.types.fields(t).stream())
        .filter(f -> f.name().equals("allocator") && f.type() instanceof Type.Protocol)
        .map(f -> (Type.Protocol) f.type())
        .findFirst();
  }

  // ------------------------------------------------------------------ use

  /** {@code context} as a place. */
  Tree.Expr current(Checker c, Span at) {
    Optional<Type.Struct> type = type();
    return type.isEmpty()
        ? c.bad(at, "`context` needs a context, and this program has none" + listed())
        : new Tree.Deref(at, type.get(), new Tree.ContextPointer(at, new Type.Pointer(type.get())));
  }

  /** The fields of the context, for messages (ctx.push.10). */
  String listed() {
    if (extensions.isEmpty()) {
      return "; `#import \"modules/std.sx\";` brings it";
    }
    StringBuilder text = new StringBuilder("; the fields of the context are");
    for (Extension e : extensions) {
      text.append("\n    ")
          .append(e.ast().name().text())
          .append(": ")
          .append(e.ast().type().span().text())
          .append(" (")
          .append(e.module().file().name())
          .append(')');
    }
    return text.toString();
  }

  /** The statement {@code push operand { … }}. */
  Tree.Expr push(Checker c, Ast.Push p) {
    if (!exists()) {
      return c.bad(p.span(), "`push` needs a context, and this program has none" + listed());
    }
    Tree.Expr value =
        p.context() instanceof Ast.AggregateLit l && isOfContext(c, l)
            ? patched(c, l)
            : whole(c, p.context());
    Tree.Expr body = c.statements.block(p.body());
    if (value.type().isError()) {
      return value;
    }
    Tree.Block block =
        body instanceof Tree.Block b
            ? b
            : new Tree.Block(
                body.span(),
                body.type(),
                List.of(new Tree.ExprStmt(body.span(), body)),
                Optional.empty());
    return new Tree.Push(p.span(), value, block);
  }

  private boolean isOfContext(Checker c, Ast.AggregateLit l) {
    if (l.head().isEmpty()) {
      return true;
    }
    Entity head = c.names.path(l.head().get(), Names.Use.TYPE);
    return head != null && structType(head).equals(type());
  }

  private Tree.Expr whole(Checker c, Ast.Expr e) {
    Tree.Expr v = c.expressions.any(e);
    return v.type().isError() || v.type().equals(type().orElseThrow())
        ? v
        : c.bad(e.span(), "`push` takes a `Context`, not `" + c.name(v.type()) + "`");
  }

  /** A copy of the current context with the fields of a literal replaced (ctx.push.1). */
  private Tree.Expr patched(Checker c, Ast.AggregateLit l) {
    Type.Struct type = type().orElseThrow();
    List<TypeTable.Field> fields = a.types.fields(type);
    List<Tree.Part> parts = new ArrayList<>();
    Set<Integer> given = new HashSet<>();
    boolean bad = false;
    for (Ast.FieldInit e : l.entries()) {
      int index = e.name().map(n -> indexOf(fields, n.text())).orElse(-1);
      if (e.form() != Ast.EntryForm.NAMED && e.form() != Ast.EntryForm.SHORTHAND) {
        return c.bad(l.span(), "`push` replaces fields by name: write `name = value`" + listed());
      }
      String name = e.name().orElseThrow().text();
      if (index < 0) {
        return c.bad(l.span(), "the context has no field `" + name + "`" + listed());
      }
      if (!given.add(index)) {
        return c.bad(e.value().span(), "the field `" + name + "` is given twice");
      }
      Tree.Expr v = c.initialiser(e.value(), fields.get(index).type());
      bad |= v.type().isError();
      parts.add(new Tree.Part(index, v));
    }
    if (bad) {
      return c.bad(l.span());
    }
    for (int i = 0; i < fields.size(); i++) {
      if (!given.contains(i)) {
        Tree.Expr kept = new Tree.Field(l.span(), fields.get(i).type(), current(c, l.span()), i);
        parts.add(new Tree.Part(i, kept));
      }
    }
    return new Tree.Aggregate(l.span(), type, parts);
  }

  private static int indexOf(List<TypeTable.Field> fields, String name) {
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /** What forbids assigning a place of the current context (ctx.imm.1), or null. */
  @Nullable String refusal(Tree.Expr place) {
    String field = "";
    Tree.Expr e = place;
    while (true) {
      switch (e) {
        case Tree.Field f -> {
          if (f.base().type() instanceof Type.Struct s) {
            field = a.types.fields(s).get(f.index()).name();
          }
          e = f.base();
        }
        case Tree.Index i when i.base().type() instanceof Type.Array -> e = i.base();
        case Tree.Deref d when d.pointer() instanceof Tree.ContextPointer -> {
          return (field.isEmpty()
                  ? "the current context"
                  : "`" + field + "` of the current context")
              + " cannot be assigned; `push .{ … } { … }` runs a block with"
              + " another value";
        }
        default -> {
          return null;
        }
      }
    }
  }
}
