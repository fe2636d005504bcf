package sx.harness.fault;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import sx.sema.tree.Constant;
import sx.sema.tree.Local;
import sx.sema.tree.Tree;
import sx.sema.tree.Tree.Expr;
import sx.sema.tree.Tree.Stmt;
import sx.source.Span;
import sx.type.Type;
import sx.type.Types;

/** Faults of what sema makes explicit. */
final class TreeFaults {
  private TreeFaults() {}

  static <T extends Tree> TreeFault each(Class<T> kind, Function<T, Tree> change) {
    return node -> kind.isInstance(node) ? change.apply(kind.cast(node)) : node;
  }

  static Stmt nothing(Span span) {
    return new Tree.ExprStmt(span, new Tree.Block(span, Types.VOID, List.of(), Optional.empty()));
  }

  static TreeFault droppedDefer() {
    return each(Tree.Defer.class, d -> nothing(d.span()));
  }

  /** Deferred blocks run where they stand. */
  static TreeFault earlyDefer() {
    return each(Tree.Defer.class, d -> new Tree.ExprStmt(d.span(), d.body()));
  }

  /** The defers of a scope run first to last. */
  static TreeFault deferOrder() {
    return each(
        Tree.Block.class,
        b -> {
          List<Stmt> defers =
              new ArrayList<>(
                  b.statements().stream().filter(s -> s instanceof Tree.Defer).toList());
          if (defers.size() < 2) {
            return b;
          }
          List<Stmt> statements = new ArrayList<>();
          for (Stmt s : b.statements()) {
            statements.add(s instanceof Tree.Defer ? defers.removeLast() : s);
          }
          return new Tree.Block(b.span(), b.type(), statements, b.value());
        });
  }

  /** What a declaration gives in place of what the user left out is zero. */
  static TreeFault skippedFieldDefault() {
    return each(
        Tree.Aggregate.class,
        a ->
            new Tree.Aggregate(
                a.span(),
                a.type(),
                a.parts().stream()
                    .map(p -> isElsewhere(a.span(), p.value()) ? zero(p) : p)
                    .toList()));
  }

  private static Tree.Part zero(Tree.Part part) {
    return new Tree.Part(part.index(), zero(part.value()));
  }

  private static Expr zero(Expr value) {
    return new Tree.Const(value.span(), value.type(), Constant.ZERO);
  }

  static TreeFault skippedDefaultArgument() {
    return each(
        Tree.Call.class,
        c ->
            new Tree.Call(
                c.span(),
                c.type(),
                c.callee(),
                c.args().stream().map(a -> isElsewhere(c.span(), a) ? zero(a) : a).toList()));
  }

  private static boolean isElsewhere(Span whole, Expr part) {
    Span span = part.span();
    return !(part.type() instanceof Type.Void)
        && (span.file() != whole.file()
            || span.end() < whole.start()
            || span.start() > whole.end());
  }

  static TreeFault firstLinkOnly() {
    return each(
        Tree.CompareChain.class,
        c -> new Tree.CompareChain(c.span(), c.operands(), c.values(), c.links().subList(0, 1)));
  }

  static TreeFault andAsOr() {
    return each(Tree.And.class, a -> new Tree.Or(a.span(), a.left(), a.right()));
  }

  /** Both sides are evaluated, whatever the first one gives. */
  static TreeFault noShortCircuit() {
    return each(
        Tree.And.class,
        a -> {
          Local left = new Local("left", Types.BOOL, a.span());
          Local right = new Local("right", Types.BOOL, a.span());
          return let(
              a.span(),
              List.of(left, right),
              List.of(a.left(), a.right()),
              new Tree.And(a.span(), ref(left), ref(right)));
        });
  }

  private static Expr ref(Local local) {
    return new Tree.LocalRef(local.span(), local);
  }

  /** Evaluates values in the given order, then the result. */
  private static Expr let(Span span, List<Local> locals, List<Expr> values, Expr result) {
    List<Stmt> statements = new ArrayList<>();
    for (int i = 0; i < locals.size(); i++) {
      statements.add(new Tree.Declare(span, locals.get(i), Optional.of(values.get(i))));
    }
    return new Tree.Block(span, result.type(), statements, Optional.of(result));
  }

  /** The arguments of a call are evaluated last to first. */
  static TreeFault argumentOrder() {
    return each(
        Tree.Call.class,
        c -> {
          if (c.args().size() < 2 || c.args().stream().anyMatch(a -> !isValue(a.type()))) {
            return c;
          }
          List<Local> locals =
              c.args().stream().map(a -> new Local("argument", a.type(), a.span())).toList();
          Expr call =
              new Tree.Call(
                  c.span(), c.type(), c.callee(), locals.stream().map(TreeFaults::ref).toList());
          List<Local> back = new ArrayList<>(locals);
          List<Expr> values = new ArrayList<>(c.args());
          Collections.reverse(back);
          Collections.reverse(values);
          return c.type() instanceof Type.Void ? c : let(c.span(), back, values, call);
        });
  }

  private static boolean isValue(Type type) {
    return !(type instanceof Type.Void) && !(type instanceof Type.NoReturn);
  }

  /** The right operand is evaluated before the left one. */
  static TreeFault operandOrder() {
    return each(
        Tree.Arithmetic.class,
        a -> {
          if (!a.left().type().equals(a.right().type()) || !isValue(a.left().type())) {
            return a;
          }
          Local left = new Local("left", a.left().type(), a.span());
          Local right = new Local("right", a.right().type(), a.span());
          return let(
              a.span(),
              List.of(right, left),
              List.of(a.right(), a.left()),
              new Tree.Arithmetic(a.span(), a.type(), a.op(), ref(left), ref(right)));
        });
  }

  /** The step of a loop is done twice. */
  static TreeFault stepTwice() {
    return each(
        Tree.Loop.class,
        l -> {
          List<Stmt> steps = new ArrayList<>(l.step());
          steps.addAll(l.step());
          return new Tree.Loop(l.span(), l.condition(), l.body(), steps);
        });
  }

  static TreeFault continueAsBreak() {
    return each(Tree.Continue.class, c -> new Tree.Break(c.span()));
  }

  /** The arms of a match are one place off. */
  static TreeFault rotatedArms() {
    return each(
        Tree.Switch.class,
        s -> {
          if (s.arms().size() < 2) {
            return s;
          }
          List<Tree.Arm> arms = new ArrayList<>();
          for (int i = 0; i < s.arms().size(); i++) {
            Expr body = s.arms().get((i + 1) % s.arms().size()).body();
            arms.add(new Tree.Arm(s.arms().get(i).values(), body));
          }
          return new Tree.Switch(s.span(), s.type(), s.subject(), arms, s.otherwise());
        });
  }

  /** A subslice starts at its view's start. */
  static TreeFault lostStart() {
    return each(
        Tree.Subslice.class,
        s -> new Tree.Subslice(s.span(), s.type(), s.base(), Optional.empty(), s.end()));
  }

  static TreeFault lostEnd() {
    return each(
        Tree.Subslice.class,
        s ->
            s.base().type() instanceof Type.ManyPointer
                ? s
                : new Tree.Subslice(s.span(), s.type(), s.base(), s.start(), Optional.empty()));
  }

  /** A value as condition counts for its opposite. */
  static TreeFault invertedTruth() {
    return each(Tree.Truth.class, t -> new Tree.Not(t.span(), t));
  }

  /** An assignment to a part is lost. */
  static TreeFault lostElementAssignment() {
    return each(Tree.Assign.class, a -> a.place() instanceof Tree.Index ? nothing(a.span()) : a);
  }

  /** {@code x += y} is {@code x = y}. */
  static TreeFault updateForgetsOld() {
    return each(
        Tree.Update.class,
        u ->
            u.value() instanceof Tree.Arithmetic a && a.type().equals(a.right().type())
                ? new Tree.Update(u.span(), u.place(), u.old(), a.right())
                : u);
  }

  static TreeFault conversion(Tree.Conversion kind, Function<Tree.Convert, Tree> change) {
    return each(Tree.Convert.class, c -> c.kind() == kind ? change.apply(c) : c);
  }

  /** An optional that was given a value is absent. */
  static TreeFault lostPresence() {
    return conversion(Tree.Conversion.WRAP, TreeFaults::zero);
  }

  static TreeFault dirtyZero() {
    return each(
        Tree.Declare.class,
        d ->
            d.value().orElse(null) instanceof Tree.Const c
                    && c.type().isInt()
                    && (c.value() instanceof Constant.Zero || c.value().equals(new Constant.Int(0)))
                ? new Tree.Declare(
                    d.span(),
                    d.local(),
                    Optional.of(new Tree.Const(c.span(), c.type(), new Constant.Int(1))))
                : d);
  }

  /** Text compares by length, not by content. */
  static TreeFault textEqualityByLength() {
    return each(
        Tree.Compare.class,
        c ->
            c.left().type() instanceof Type.Str && c.op() == Tree.CompareOp.EQ
                ? new Tree.Compare(
                    c.span(),
                    c.op(),
                    new Tree.Field(c.span(), Types.I64, c.left(), 1),
                    new Tree.Field(c.span(), Types.I64, c.right(), 1))
                : c);
  }

  /** What an {@code onfail} would do is not done. */
  static TreeFault droppedOnFail() {
    return each(Tree.OnFail.class, o -> nothing(o.span()));
  }

  /** An {@code onfail} runs whenever its block is left. */
  static TreeFault onFailAlways() {
    return each(Tree.OnFail.class, o -> new Tree.Defer(o.span(), o.body()));
  }

  /** The payload of an optional is read as zero. */
  static TreeFault lostPayload() {
    return each(Tree.Payload.class, TreeFaults::zero);
  }

  /** A block runs under the context that was there before. */
  static TreeFault lostPush() {
    return each(Tree.Push.class, Tree.Push::body);
  }

  /** What a pushed context replaces it loses: it is zero. */
  static TreeFault emptyPush() {
    return each(Tree.Push.class, p -> new Tree.Push(p.span(), zero(p.context()), p.body()));
  }

  /** One question about a type is answered as if another had been asked. */
  static TreeFault otherAnswer(Tree.ReflectOp asked, Tree.ReflectOp answered) {
    return each(
        Tree.Reflect.class,
        r ->
            r.op() == asked
                ? new Tree.Reflect(r.span(), r.type(), answered, r.subject(), r.index())
                : r);
  }
}
