package sx.sema;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sx.sema.tree.Constant;
import sx.sema.tree.Tree;
import sx.source.Span;
import sx.type.Type;
import sx.type.Types;

/** Casts of an {@code any} to what it holds (opt.cast.4 to opt.cast.6, err.assert). */
final class Assertions {
  private final Checker c;

  Assertions(Checker c) {
    this.c = c;
  }

  /**
   * {@code v.(T)} and {@code v.(?T)}: the first ends the program if {@code v} holds another type.
   */
  Tree.Expr cast(Tree.Expr v, Type target, Span at) {
    if (target instanceof Type.Optional o) {
      return c.optionals.once(
          v,
          held -> {
            Tree.Expr wrapped =
                new Tree.Convert(at, o, Tree.Conversion.WRAP, content(held, o.payload(), at));
            return new Tree.If(
                at, o, holds(held, o.payload(), at), wrapped, Optionals.absent(at, o));
          });
    }
    return c.optionals.once(
        v,
        held ->
            new Tree.If(
                at,
                target,
                holds(held, target, at),
                content(held, target, at),
                fail(held, target, at)));
  }

  /** {@code v.(T)} as something that raises {@code mismatch} (err.assert.1). */
  Tree.Expr failable(Tree.Expr v, Type target, Span at) {
    if (target instanceof Type.Optional) {
      return cast(v, target, at);
    }
    Failable type = mismatching(target);
    Tree.Expr node =
        c.optionals.once(
            v,
            held ->
                new Tree.If(
                    at,
                    type.full(),
                    holds(held, target, at),
                    type.succeeded(at, content(held, target, at)),
                    type.failed(at, mismatch(at))));
    return c.failables.make(node, mismatches());
  }

  /** {@code o?.(T)}: an absent {@code o} succeeds with null (err.assert.4). */
  Tree.Expr failableChained(Tree.Expr o, Type target, Span at) {
    if (target instanceof Type.Optional) {
      return c.optionals.castPresent(o, target, at);
    }
    Type.Optional success = new Type.Optional(target);
    Failable type = mismatching(success);
    Tree.Expr node =
        c.optionals.once(
            o,
            held -> {
              Tree.Expr any = Optionals.payload(held, at);
              Tree.Expr wrapped =
                  new Tree.Convert(at, success, Tree.Conversion.WRAP, content(any, target, at));
              Tree.Expr tested =
                  new Tree.If(
                      at,
                      type.full(),
                      holds(any, target, at),
                      type.succeeded(at, wrapped),
                      type.failed(at, mismatch(at)));
              return new Tree.If(
                  at,
                  type.full(),
                  c.optionals.isPresent(held, at),
                  tested,
                  type.succeeded(at, Optionals.absent(at, success)));
            });
    return c.failables.make(node, mismatches());
  }

  /** Whether a cast asks an {@code any} for a protocol, which it never holds (types.assert.5). */
  static boolean namesProtocol(Type source, boolean chained, Type target) {
    Type receiver = chained && source instanceof Type.Optional o ? o.payload() : source;
    Type wanted = target instanceof Type.Optional o ? o.payload() : target;
    return receiver instanceof Type.Any && wanted instanceof Type.Protocol;
  }

  private static Failable mismatching(Type success) {
    Type.Tuple full = new Type.Tuple(List.of(success, Types.ANY_ERROR), List.of("", ""));
    return new Failable(full, List.of(success), List.of(""), Types.ANY_ERROR);
  }

  private Tree.Expr mismatch(Span at) {
    return c.errors.member(at, Types.ANY_ERROR, "mismatch");
  }

  private ErrorSets.Source mismatches() {
    return new ErrorSets.Source.Tag(c.analysis.types.errorTag("mismatch"));
  }

  /** Whether an any holds a value of exactly this type. */
  Tree.Expr holds(Tree.Expr held, Type type, Span at) {
    return new Tree.Compare(
        at, Tree.CompareOp.EQ, heldType(held, at), c.expressions.typeValue(at, type));
  }

  /** What an any holds, read as a type that it is known to have. */
  static Tree.Expr content(Tree.Expr held, Type type, Span at) {
    Tree.Expr data = new Tree.Field(at, Types.VOID_POINTER, held, 0);
    Type pointer = new Type.Pointer(type);
    return new Tree.Deref(at, type, new Tree.Convert(at, pointer, Tree.Conversion.ADDRESS, data));
  }

  private static Tree.Expr heldType(Tree.Expr held, Span at) {
    return new Tree.Field(at, Types.TYPE, held, 1);
  }

  /** Prints what was expected and found, and ends the program with status 1 (err.assert.2). */
  private Tree.Expr fail(Tree.Expr held, Type expected, Span at) {
    String start =
        "type assertion failed at "
            + at.file().name()
            + ":"
            + at.line()
            + ": expected "
            + c.name(expected)
            + ", got ";
    Tree.Expr actual =
        new Tree.Reflect(
            at, Types.STRING, Tree.ReflectOp.TYPE_NAME, heldType(held, at), Optional.empty());
    List<Tree.Stmt> steps = new ArrayList<>();
    for (Tree.Expr text : List.of(text(start, at), actual, text("\n", at))) {
      steps.add(new Tree.ExprStmt(at, c.analysis.runtime.write(1, text)));
    }
    steps.add(new Tree.ExprStmt(at, c.analysis.runtime.exit(1, at)));
    return new Tree.Block(at, Types.NO_RETURN, steps, Optional.empty());
  }

  private static Tree.Expr text(String s, Span at) {
    return new Tree.Const(at, Types.STRING, new Constant.Text(s.getBytes(StandardCharsets.UTF_8)));
  }
}
