package sx.sema;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sx.sema.tree.Constant;
import sx.sema.tree.Local;
import sx.sema.tree.Tree;
import sx.source.Span;
import sx.syntax.Assigned;
import sx.syntax.Ast;
import sx.type.Type;
import sx.type.TypeTable;
import sx.type.Types;

/** {@code while}, {@code for} and {@code inline for} (05-statements.md sections 7 and 8). */
final class Loops {
  private final Checker c;

  Loops(Checker c) {
    this.c = c;
  }

  Tree.Expr whileLoop(Ast.While w) {
    if (w.binding().isPresent()) {
      return bindingWhile(w);
    }
    return flowing(
        w,
        () -> {
          Tree.Expr cond = c.operators.condition(w.condition());
          Tree.Block body = body(() -> c.statements.block(w.body()), w.body().span());
          return cond.type().isError()
              ? cond
              : run(w.span(), new Tree.Loop(w.span(), cond, body, List.of()));
        });
  }

  /** {@code while v := e}: the loop ends at the first absent value (opt.bind.5). */
  private Tree.Expr bindingWhile(Ast.While w) {
    return flowing(
        w,
        () -> {
          Tree.Expr source = c.optionals.source(w.condition());
          Span at = w.condition().span();
          Local held = new Local("optional", source.type(), at);
          Tree.Expr ref = source.type().isError() ? source : new Tree.LocalRef(at, held);
          List<Tree.Stmt> pass = new ArrayList<>();
          Tree.Block body =
              body(
                  () ->
                      c.scoped(
                          () -> {
                            c.optionals.bind(w.binding().orElseThrow(), ref, pass);
                            pass.add(
                                new Tree.ExprStmt(w.body().span(), c.statements.block(w.body())));
                            return new Tree.Block(
                                w.body().span(), Types.VOID, pass, Optional.empty());
                          }),
                  w.body().span());
          if (source.type().isError()) {
            return source;
          }
          Tree.Expr next =
              new Tree.Block(
                  at,
                  Types.BOOL,
                  List.of(new Tree.Declare(at, held, Optional.of(source))),
                  Optional.of(new Tree.Truth(at, ref)));
          return run(w.span(), new Tree.Loop(w.span(), next, body, List.of()));
        });
  }

  /** Checks a loop with the facts that hold in it and after it (opt.narrow.10). */
  private Tree.Expr flowing(Ast.Expr loop, java.util.function.Supplier<Tree.Expr> check) {
    Set<Local> assigned = new HashSet<>();
    for (String name : Assigned.in(loop)) {
      if (c.scope.find(name) instanceof Entity.Variable v) {
        Local own = v.owner() == c.function ? v.local() : new Closures(c).captured(v);
        if (own != null) {
          assigned.add(own);
        }
      }
    }
    Tree.Expr[] made = new Tree.Expr[1];
    c.flow.loop(
        assigned,
        () -> {
          made[0] = check.get();
          return true;
        });
    return made[0];
  }

  private Tree.Block body(java.util.function.Supplier<Tree.Expr> check, Span span) {
    c.function.loops++;
    try {
      Tree.Expr e = check.get();
      return new Tree.Block(
          span, Types.VOID, List.of(new Tree.ExprStmt(span, e)), Optional.empty());
    } finally {
      c.function.loops--;
    }
  }

  private static Tree.Expr run(Span at, Tree.Stmt... statements) {
    return new Tree.Block(at, Types.VOID, List.of(statements), Optional.empty());
  }

  /**
   * What one iterable contributes: code before the loop, how often the loop runs (a range says so
   * without sign), and the value of its capture.
   */
  private record Source(
      List<Tree.Stmt> before, Tree.@Nullable Expr length, Type captured, Element element) {}

  private interface Element {
    /** The captured value for the iteration counter, or the element's address by reference. */
    Tree.Expr at(Tree.Expr counter, boolean byReference, Span span);
  }

  Tree.Expr forLoop(Ast.For f) {
    return flowing(f, () -> forLoopWithin(f));
  }

  private Tree.Expr forLoopWithin(Ast.For f) {
    List<Source> sources = new ArrayList<>();
    for (Ast.Iterable i : f.iterables()) {
      Source s = source(i, sources.isEmpty());
      if (s == null) {
        declareBad(f);
        return c.bad(f.span());
      }
      sources.add(s);
    }
    Tree.Expr length = sources.getFirst().length();
    if (length == null) {
      return c.bad(f.iterables().getFirst().span(), "the first range of a loop needs an end");
    }
    Type counted = length.type();
    Local counter = new Local("counter", counted, f.span());
    Local limit = new Local("limit", counted, f.span());
    Tree.Expr at = new Tree.LocalRef(f.span(), counter);
    List<Tree.Stmt> before = new ArrayList<>();
    sources.forEach(s -> before.addAll(s.before()));
    before.add(new Tree.Declare(f.span(), limit, Optional.of(length)));
    before.add(new Tree.Declare(f.span(), counter, Optional.of(c.intConst(f.span(), counted, 0))));
    Tree.Expr index = c.conversions.numeric(at, Types.I64);
    Tree.Block body = body(() -> iteration(f, sources, index), f.span());
    Tree.Expr more =
        new Tree.Compare(f.span(), Tree.CompareOp.LT, at, new Tree.LocalRef(f.span(), limit));
    Tree.Stmt step = new Tree.Assign(f.span(), at, next(f.span(), at));
    before.add(new Tree.Loop(f.span(), more, body, List.of(step)));
    return new Tree.Block(f.span(), Types.VOID, before, Optional.empty());
  }

  private Tree.Arithmetic next(Span span, Tree.Expr e) {
    Tree.Expr one = c.intConst(span, e.type(), 1);
    return new Tree.Arithmetic(span, e.type(), Tree.ArithmeticOp.ADD, e, one);
  }

  /** After an error in the header the body is checked with captures that cause no further ones. */
  private void declareBad(Ast.For f) {
    c.scoped(
        () -> {
          f.captures().forEach(k -> c.locals.declare(k.name(), Entity.BAD));
          c.function.loops++;
          c.statements.statement(f.body(), new ArrayList<>());
          c.function.loops--;
          return f;
        });
  }

  private Tree.Expr iteration(Ast.For f, List<Source> sources, Tree.Expr counter) {
    return c.scoped(
        () -> {
          List<Tree.Stmt> out = new ArrayList<>();
          for (int i = 0; i < f.captures().size() && i < sources.size(); i++) {
            Ast.Capture k = f.captures().get(i);
            if (k.name().text().equals("_")) {
              continue;
            }
            Tree.Expr v = sources.get(i).element().at(counter, k.byReference(), k.name().span());
            Local local = new Local(k.name().text(), v.type(), k.name().span());
            out.add(new Tree.Declare(k.name().span(), local, Optional.of(v)));
            c.locals.declare(
                k.name(),
                new Entity.Variable(
                    local,
                    k.byReference()
                        ? Entity.Binding.REFERENCE_CAPTURE
                        : f.iterables().get(i).mark().isPresent()
                            ? Entity.Binding.RANGE_CAPTURE
                            : Entity.Binding.LOOP_CAPTURE,
                    c.function));
          }
          c.statements.statement(f.body(), out);
          return new Tree.Block(f.span(), Types.VOID, out, Optional.empty());
        });
  }

  private @Nullable Source source(Ast.Iterable i, boolean first) {
    return i.mark().isPresent() ? range(i, first) : elements(i);
  }

  /** The end of a later range is checked and never evaluated (stmt.for.3). */
  private @Nullable Source range(Ast.Iterable i, boolean first) {
    Ast.RangeMark mark = i.mark().orElseThrow();
    Tree.Expr start = c.members.bound(i.start(), false);
    Optional<Tree.Expr> end = i.end().map(e -> c.members.bound(e, false));
    if (start.type().isError() || end.filter(e -> e.type().isError()).isPresent()) {
      return null;
    }
    List<Tree.Stmt> before = new ArrayList<>();
    Tree.Expr bound = kept(start, "from", before);
    Tree.Expr length =
        end.filter(e -> first)
            .map(e -> c.rangeCounts.of(i.span(), mark, bound, kept(e, "to", before)))
            .orElse(null);
    Tree.Expr from =
        mark.excludesStart()
            ? kept(c.operators.fold(next(start.span(), bound)), "first", before)
            : bound;
    return new Source(
        before,
        length,
        Types.I64,
        (counter, byReference, at) ->
            byReference
                ? c.bad(at, "a range has no storage that a capture could refer to")
                : new Tree.Arithmetic(at, Types.I64, Tree.ArithmeticOp.ADD, from, counter));
  }

  /** A constant as it is, anything else in a temporary that is evaluated once. */
  private Tree.Expr kept(Tree.Expr e, String name, List<Tree.Stmt> before) {
    if (e instanceof Tree.Const) {
      return e;
    }
    Local local = new Local(name, e.type(), e.span());
    before.add(new Tree.Declare(e.span(), local, Optional.of(e)));
    return new Tree.LocalRef(e.span(), local);
  }

  private @Nullable Source elements(Ast.Iterable i) {
    if (c.names.path(i.start(), Names.Use.VALUE) instanceof Entity.Pack) {
      c.error(i.span(), "a pack is walked by `inline for`");
      return null;
    }
    Tree.Expr e = c.expressions.any(i.start());
    if (e.type().isError()) {
      return null;
    }
    List<Tree.Stmt> before = new ArrayList<>();
    Tree.Expr object =
        e.type() instanceof Type.Pointer p ? new Tree.Deref(e.span(), p.target(), e) : e;
    if (object.type() instanceof Type.Struct s) {
      Source found = items(object, s, before);
      return found != null ? found : notIterable(i, e.type());
    }
    return switch (object.type()) {
      case Type.Array a -> array(object, a, before, i.span());
      case Type.Slice s -> words(kept(object, "items", before), s.element(), before);
      case Type.Str s when e.type().equals(s) ->
          words(kept(object, "items", before), Types.U8, before);
      default -> notIterable(i, e.type());
    };
  }

  private @Nullable Source notIterable(Ast.Iterable i, Type type) {
    c.error(
        i.span(),
        "`"
            + c.name(type)
            + "` cannot be iterated (parentheses before the body are taken as captures)");
    return null;
  }

  /** A struct with a field {@code items: []T}, or with {@code items: [*]T} and {@code len}. */
  private @Nullable Source items(Tree.Expr object, Type.Struct s, List<Tree.Stmt> before) {
    List<TypeTable.Field> fields = c.analysis.types.fields(s);
    int items = field(fields, "items");
    int len = field(fields, "len");
    if (items < 0) {
      return null;
    }
    Type type = fields.get(items).type();
    boolean counted =
        type instanceof Type.ManyPointer && len >= 0 && fields.get(len).type().isInt();
    if (!(type instanceof Type.Slice) && !counted) {
      return null;
    }
    Tree.Expr kept = counted ? viewed(object, before) : object;
    Tree.Expr first = kept(new Tree.Field(object.span(), type, kept, items), "items", before);
    if (type instanceof Type.Slice slice) {
      return words(first, slice.element(), before);
    }
    Tree.Expr count = new Tree.Field(object.span(), fields.get(len).type(), kept, len);
    Type element = ((Type.ManyPointer) type).element();
    return new Source(
        before, c.conversions.numeric(count, Types.I64), element, element(first, element));
  }

  private static int field(List<TypeTable.Field> fields, String name) {
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /** The object by an address that is computed once before the loop. */
  private Tree.Expr viewed(Tree.Expr object, List<Tree.Stmt> before) {
    Span at = object.span();
    Local base = new Local("base", new Type.Pointer(object.type()), at);
    before.add(
        new Tree.Declare(
            at,
            base,
            Optional.of(new Tree.AddressOf(at, base.type(), c.expressions.place(object)))));
    return new Tree.Deref(at, object.type(), new Tree.LocalRef(at, base));
  }

  private Source array(Tree.Expr object, Type.Array a, List<Tree.Stmt> before, Span at) {
    Tree.Expr items = viewed(object, before);
    return new Source(
        before, c.intConst(at, Types.I64, a.length()), a.element(), element(items, a.element()));
  }

  private Source words(Tree.Expr items, Type element, List<Tree.Stmt> before) {
    Tree.Expr length = new Tree.Field(items.span(), Types.I64, items, 1);
    return new Source(before, length, element, element(items, element));
  }

  private static Element element(Tree.Expr items, Type element) {
    return (counter, byReference, at) -> {
      Tree.Expr e = new Tree.Index(at, element, items, counter);
      return byReference ? new Tree.AddressOf(at, new Type.Pointer(element), e) : e;
    };
  }

  // ------------------------------------------------------------------ unrolled loops

  /** How many copies the unrolled loops of one function may make together (ct.for.14). */
  static final int MAX_COPIES = 65_536;

  void inlineFor(Ast.For f, List<Tree.Stmt> out) {
    Ast.Iterable first = f.iterables().getFirst();
    long count;
    if (c.names.path(first.start(), Names.Use.VALUE) instanceof Entity.Pack p
        && first.mark().isEmpty()) {
      count = p.elements().size();
    } else {
      Long start = inlineBound(first, false);
      Long end = inlineBound(first, true);
      if (start == null || end == null) {
        return;
      }
      count = RangeCounts.of(first.mark().orElseThrow(), start, end);
    }
    if (Long.compareUnsigned(count, MAX_COPIES - c.function.copies) > 0) {
      c.error(
          first.span(),
          "the `inline for` loops of a function make no more than "
              + MAX_COPIES
              + " copies of their bodies together; a plain `for` runs as often as it likes");
      c.function.copies = MAX_COPIES;
      return;
    }
    c.function.copies += count;
    for (long n = 0; n < count; n++) {
      long at = n;
      boolean good = c.scoped(() -> copy(f, at, count, out));
      if (!good) {
        return;
      }
    }
  }

  private boolean copy(Ast.For f, long n, long count, List<Tree.Stmt> out) {
    for (int i = 0; i < f.iterables().size(); i++) {
      Ast.Iterable it = f.iterables().get(i);
      Entity e;
      if (it.mark().isEmpty()
          && c.names.path(it.start(), Names.Use.VALUE) instanceof Entity.Pack p) {
        if (n >= p.elements().size()) {
          c.error(
              it.span(),
              "the pack has "
                  + p.elements().size()
                  + " elements, and the loop makes "
                  + count
                  + " copies of its body");
          return false;
        }
        e = new Entity.Element(p, (int) n);
      } else {
        Long start = inlineBound(it, false);
        if (start == null) {
          return false;
        }
        long from = it.mark().orElseThrow().excludesStart() ? start + 1 : start;
        String name = i < f.captures().size() ? f.captures().get(i).name().text() : "";
        e = new Entity.Const(name, Types.I64, new Constant.Int(from + n), Optional.empty());
      }
      if (i < f.captures().size()) {
        if (f.captures().get(i).byReference()) {
          c.error(f.captures().get(i).name().span(), "an `inline for` captures by value only");
          return false;
        }
        c.locals.declare(f.captures().get(i).name(), e);
      }
    }
    List<Tree.Stmt> own = new ArrayList<>();
    c.statements.statement(f.body(), own);
    Tree.Expr copy = new Tree.Block(f.span(), Types.VOID, own, Optional.empty());
    out.add(new Tree.ExprStmt(f.span(), copy));
    return true;
  }

  private @Nullable Long inlineBound(Ast.Iterable i, boolean end) {
    if (i.mark().isEmpty()) {
      c.error(i.span(), "an `inline for` walks a range or a pack");
      return null;
    }
    if (end && i.end().isEmpty()) {
      c.error(i.span(), "the first range of an `inline for` needs an end");
      return null;
    }
    Ast.Expr e = end ? i.end().get() : i.start();
    Tree.Expr v = c.folding(Checker.Constants.COUNT, () -> c.members.bound(e, false));
    Long n = c.constantInt(v);
    if (n == null && !v.type().isError()) {
      c.error(e.span(), "the bounds of an `inline for` must be known at compile time");
    }
    return n;
  }
}
