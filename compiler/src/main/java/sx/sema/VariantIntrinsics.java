package sx.sema;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sx.sema.tree.Local;
import sx.sema.tree.Tree;
import sx.sema.tree.Tree.ReflectOp;
import sx.source.Span;
import sx.syntax.Ast;
import sx.type.Type;
import sx.type.TypeTable;
import sx.type.Types;

/** {@code variant_index} and {@code variant_payload} (ct.var.5, ct.var.6). */
final class VariantIntrinsics {
  private final Checker c;

  VariantIntrinsics(Checker c) {
    this.c = c;
  }

  private Tree.Expr wrongKind(Ast.Call call, String name, Type t) {
    return c.bad(
        call.callee().span(),
        "`"
            + name
            + "` does not serve `"
            + c.name(t)
            + "`, which has no variants"
            + (t instanceof Type.Struct || t instanceof Type.Tuple
                ? "; structs and tuples have the `struct_field_…` operations"
                : ""));
  }

  // ------------------------------------------------------------------ variant_index

  /**
   * The position of the first variant with the tag of a value, or the tag itself.
   *
   * @param known the type, if it is known while compiling
   */
  Tree.Expr index(Ast.Call call, Tree.Expr type, @Nullable Type known) {
    Ast.Expr arg = call.args().get(1).value();
    if (known == null) {
      Tree.Expr v = c.expressions.any(arg);
      if (!(v.type() instanceof Type.Any)) {
        return v.type().isError()
            ? c.bad(call.span())
            : c.bad(
                arg.span(),
                "with a type known only at run time the value is an `any`, not `"
                    + c.name(v.type())
                    + "`");
      }
      return search(call.span(), type, v);
    }
    if (!(known instanceof Type.Enum e)) {
      return wrongKind(call, "variant_index", known);
    }
    Tree.Expr v = c.value(arg, e);
    return v.type().isError() ? c.bad(call.span()) : ofTag(call.span(), e, v);
  }

  private Tree.Expr ofTag(Span at, Type.Enum type, Tree.Expr value) {
    Tree.Expr tag = c.variants.tagOf(value, type, at);
    List<TypeTable.Variant> variants = c.analysis.types.variants(type);
    Long n = c.constantInt(tag);
    if (n != null) {
      for (int i = 0; i < variants.size(); i++) {
        if (variants.get(i).value() == n) {
          return c.intConst(at, Types.I64, i);
        }
      }
      return c.intConst(at, Types.I64, n);
    }
    Local local = new Local("tag", tag.type(), at);
    Tree.Expr ref = new Tree.LocalRef(at, local);
    List<Tree.Arm> arms = new ArrayList<>();
    Set<Long> seen = new HashSet<>();
    for (int i = 0; i < variants.size(); i++) {
      long tagValue = variants.get(i).value();
      if (seen.add(tagValue)) {
        arms.add(new Tree.Arm(List.of(tagValue), c.intConst(at, Types.I64, i)));
      }
    }
    Tree.Expr otherwise = c.conversions.numeric(ref, Types.I64);
    return new Tree.Block(
        at,
        Types.I64,
        List.of(new Tree.Declare(at, local, Optional.of(tag))),
        Optional.of(new Tree.Switch(at, Types.I64, ref, arms, otherwise)));
  }

  /** The same for a type known at run time only: a loop over the variants of the tables. */
  private Tree.Expr search(Span at, Tree.Expr type, Tree.Expr value) {
    Local t = new Local("type", Types.TYPE, at);
    Local held = new Local("held", Types.ANY, at);
    Local tag = new Local("tag", Types.I64, at);
    Local i = new Local("index", Types.I64, at);
    Tree.Expr typeRef = new Tree.LocalRef(at, t);
    Tree.Expr tagRef = new Tree.LocalRef(at, tag);
    Tree.Expr iRef = new Tree.LocalRef(at, i);
    Tree.Expr count =
        new Tree.Reflect(at, Types.I64, ReflectOp.VARIANT_COUNT, typeRef, Optional.empty());
    Tree.Expr inside = new Tree.Compare(at, Tree.CompareOp.LT, iRef, count);
    Tree.Expr other =
        new Tree.Compare(
            at,
            Tree.CompareOp.NE,
            new Tree.Reflect(at, Types.I64, ReflectOp.VARIANT_VALUE, typeRef, Optional.of(iRef)),
            tagRef);
    Tree.Stmt step =
        new Tree.Assign(
            at,
            iRef,
            new Tree.Arithmetic(
                at, Types.I64, Tree.ArithmeticOp.ADD, iRef, c.intConst(at, Types.I64, 1)));
    Tree.Block nothing = new Tree.Block(at, Types.VOID, List.of(), Optional.empty());
    return new Tree.Block(
        at,
        Types.I64,
        List.of(
            new Tree.Declare(at, t, Optional.of(type)),
            new Tree.Declare(at, held, Optional.of(value)),
            new Tree.Declare(at, tag, Optional.of(tagWord(at, typeRef, held))),
            new Tree.Declare(at, i, Optional.of(c.intConst(at, Types.I64, 0))),
            new Tree.Loop(at, new Tree.And(at, inside, other), nothing, List.of(step))),
        Optional.of(new Tree.If(at, Types.I64, inside, iRef, tagRef)));
  }

  /** The tag of what an any holds, read by the width and sign that the tables give. */
  private Tree.Expr tagWord(Span at, Tree.Expr type, Local held) {
    Tree.Expr width =
        new Tree.Reflect(at, Types.I64, ReflectOp.VARIANT_TAG_WIDTH, type, Optional.empty());
    Tree.Expr address =
        moved(
            at,
            new Tree.LocalRef(at, held),
            new Tree.Reflect(at, Types.I64, ReflectOp.TAG_OFFSET, type, Optional.empty()));
    Tree.Expr tag = c.intConst(at, Types.I64, 0);
    for (int bits = 8; bits <= 64; bits *= 2) {
      for (boolean signed : new boolean[] {true, false}) {
        Type word = new Type.Int(bits, signed, false);
        Tree.Expr pointer =
            new Tree.Convert(at, new Type.Pointer(word), Tree.Conversion.ADDRESS, address);
        Tree.Expr read = c.conversions.numeric(new Tree.Deref(at, word, pointer), Types.I64);
        long wanted = signed ? -bits / 8 : bits / 8;
        Tree.Expr fits =
            new Tree.Compare(at, Tree.CompareOp.EQ, width, c.intConst(at, Types.I64, wanted));
        tag = new Tree.If(at, Types.I64, fits, read, tag);
      }
    }
    return tag;
  }

  private static Tree.Expr moved(Span at, Tree.Expr any, Tree.Expr offset) {
    Tree.Expr data = new Tree.Field(at, Types.VOID_POINTER, any, 0);
    return new Tree.Arithmetic(at, Types.VOID_POINTER, Tree.ArithmeticOp.ADD, data, offset);
  }

  // ------------------------------------------------------------------ variant_payload

  /** A view of the payload area as the payload of a variant; the tag is not looked at. */
  Tree.Expr payload(Ast.Call call) {
    Tree.Expr v = c.expressions.any(call.args().get(0).value());
    Ast.Expr indexArg = call.args().get(1).value();
    Tree.Expr i = c.value(indexArg, Types.I64);
    if (v.type().isError() || i.type().isError()) {
      return c.bad(call.span());
    }
    if (v.type() instanceof Type.Any) {
      return view(call.span(), v, i);
    }
    if (!(v.type() instanceof Type.Enum e)) {
      return wrongKind(call, "variant_payload", v.type());
    }
    Long n = c.constantInt(i);
    if (n == null) {
      return view(call.span(), c.conversions.box(v), i);
    }
    int count = c.analysis.types.variants(e).size();
    if (n < 0 || n >= count) {
      return c.bad(
          indexArg.span(),
          "the index " + n + " is outside of the " + count + " variants of `" + c.name(e) + "`");
    }
    Tree.Expr part =
        c.analysis.types.isTaggedUnion(e)
            ? c.variants.payload(c.expressions.place(v), e, n.intValue(), call.span())
            : new Tree.Const(call.span(), Types.VOID, sx.sema.tree.Constant.ZERO);
    return new Tree.Convert(call.span(), Types.ANY, Tree.Conversion.BOX, part);
  }

  private Tree.Expr view(Span at, Tree.Expr any, Tree.Expr index) {
    Local held = new Local("held", Types.ANY, at);
    Local number = new Local("index", Types.I64, at);
    Tree.Expr ref = new Tree.LocalRef(at, held);
    Tree.Expr type = new Tree.Field(at, Types.TYPE, ref, 1);
    Optional<Tree.Expr> i = Optional.of(new Tree.LocalRef(at, number));
    Tree.Expr offset =
        new Tree.Reflect(at, Types.I64, ReflectOp.PAYLOAD_OFFSET, type, Optional.empty());
    Tree.Expr made =
        new Tree.Aggregate(
            at,
            Types.ANY,
            List.of(
                new Tree.Part(0, moved(at, ref, offset)),
                new Tree.Part(1, new Tree.Reflect(at, Types.TYPE, ReflectOp.FIELD_TYPE, type, i))));
    return new Tree.Block(
        at,
        Types.ANY,
        List.of(
            new Tree.Declare(at, held, Optional.of(any)),
            new Tree.Declare(at, number, Optional.of(index))),
        Optional.of(made));
  }
}
