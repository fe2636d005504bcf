package sx.sema;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sx.sema.tree.Constant;
import sx.sema.tree.Local;
import sx.sema.tree.Tree;
import sx.source.Span;
import sx.type.Type;
import sx.type.TypeTable;
import sx.type.Types;

/** Makes protocol values and views out of concrete ones (07-protocols.md sections 7 and 8). */
final class Erasure {
  private final Checker c;

  Erasure(Checker c) {
    this.c = c;
  }

  /** What stands behind an operand: an object of type T that is there, or a value without place. */
  private record Object(Type type, Tree.Expr value, Optional<Tree.Expr> address) {}

  /**
   * The object that an operand offers to a protocol: itself, or what it points to; null where
   * neither conforms.
   */
  private Object object(Tree.Expr e, Type.Protocol target) {
    Type type = e.type();
    boolean itself = c.analysis.impls.find(target, type) != null;
    if (!itself && type instanceof Type.Pointer p && !(p.target() instanceof Type.Void)) {
      Tree.Expr at = new Tree.Deref(e.span(), p.target(), e);
      return new Object(p.target(), at, Optional.of(e));
    }
    return new Object(
        type,
        e,
        Expressions.isPlace(e)
            ? Optional.of(new Tree.AddressOf(e.span(), new Type.Pointer(type), e))
            : Optional.empty());
  }

  /** Implicit erasure, and that by {@code xx}, of which {@code at} is the whole expression. */
  Tree.@Nullable Expr implicit(Tree.Expr e, Type.Protocol target, Span at) {
    if (e.type() instanceof Type.Void || e.type() instanceof Type.Any) {
      return null;
    }
    ProtocolInfo p = c.analysis.protocols.info(target);
    Object o = object(e, target);
    if (!conforms(o, target, at)) {
      return c.bad(at);
    }
    if (p.identity()) {
      return o.address().isPresent()
          ? words(target, o.type(), o.address().get(), at)
          : c.bad(
              e.span(), "a value of `" + p.name() + "` only borrows; bind this to a name first");
    }
    boolean isElement = e instanceof Tree.LocalRef r && c.analysis.packElements.contains(r.local());
    if (o.address().isPresent() && !isElement) {
      return c.bad(
          c.literal != null ? c.literal : e.span(),
          "`"
              + p.name()
              + "` owns its object, and this would have to be copied: write `"
              + e.span().text()
              + ".("
              + p.name()
              + ")` or `.("
              + p.name()
              + ", allocator)`, or take a parameter of type `*"
              + p.name()
              + "`");
    }
    return copied(target, o, null, at);
  }

  /** {@code e.(P)} or {@code e.(P, allocator)} (proto.own.2). */
  Tree.Expr explicit(Tree.Expr e, Type.Protocol target, Tree.@Nullable Expr allocator, Span at) {
    ProtocolInfo p = c.analysis.protocols.info(target);
    if (p.identity()) {
      if (allocator != null) {
        return c.bad(at, "a value of `" + p.name() + "` only borrows and takes no allocator");
      }
      Tree.Expr done = implicit(e, target, at);
      return done == null ? c.bad(at) : done;
    }
    if (e.type() instanceof Type.Pointer q && q.target() instanceof Type.Protocol from) {
      return from.equals(target)
          ? promoted(e, target, allocator, at)
          : c.bad(at, "a view of `" + c.name(from) + "` cannot become a `" + p.name() + "`");
    }
    Object o = object(e, target);
    return conforms(o, target, at) ? copied(target, o, allocator, at) : c.bad(at);
  }

  /** A {@code *P} that views an object in place (proto.view.1); null where that is none. */
  Tree.@Nullable Expr view(Tree.Expr e, Type.Protocol target, Span at) {
    if (e.type() instanceof Type.Any || e.type() instanceof Type.Void) {
      return null;
    }
    Object o = object(e, target);
    if (o.address().isEmpty()) {
      boolean implemented = c.analysis.impls.find(target, o.type()) != null;
      return implemented
          ? c.bad(
              at,
              "a view `*"
                  + c.name(target)
                  + "` needs an object that stays; bind this to a name first")
          : null;
    }
    if (c.analysis.impls.find(target, o.type()) == null && o.type().isAddress()) {
      return null;
    }
    if (!conforms(o, target, e.span())) {
      return c.bad(at);
    }
    Tree.Expr words = words(target, o.type(), o.address().get(), at);
    return new Tree.AddressOf(at, new Type.Pointer(target), new Tree.Temporary(at, words));
  }

  private boolean conforms(Object o, Type.Protocol target, Span at) {
    if (c.analysis.conformances.conformance(target, o.type())
        instanceof Conformances.Conformance.Fails f) {
      f.report(c, at);
      return false;
    }
    return true;
  }

  // ------------------------------------------------------------------ the words

  /** The value {@code { ctx, type, table or methods }}. */
  private Tree.Expr words(Type.Protocol target, Type object, Tree.Expr address, Span at) {
    List<Tree.Part> parts = new ArrayList<>();
    parts.add(
        new Tree.Part(
            0, new Tree.Convert(at, Types.VOID_POINTER, Tree.Conversion.ADDRESS, address)));
    parts.add(new Tree.Part(1, new Tree.Const(at, Types.TYPE, new Constant.TypeValue(object))));
    for (Constant word : methodWords(target, object)) {
      parts.add(new Tree.Part(parts.size(), new Tree.Const(at, Types.VOID_POINTER, word)));
    }
    return new Tree.Aggregate(at, target, parts);
  }

  /** The words behind the type: the methods themselves, or the address of their table. */
  private List<Constant> methodWords(Type.Protocol target, Type object) {
    ProtocolInfo p = c.analysis.protocols.info(target);
    List<Constant> slots = new ArrayList<>();
    if (c.analysis.conformances.conformance(target, object)
        instanceof Conformances.Conformance.Conforms k) {
      for (int i = 0; i < p.methods().size(); i++) {
        if (p.methods().get(i).isDispatchable()) {
          slots.add(
              new Constant.FunctionAddress(
                  c.analysis.conformances.slot(k.methods().get(i), object)));
        }
      }
    }
    return p.inline()
        ? slots
        : List.of(new Constant.GlobalAddress(c.analysis.conformances.table(target, object, slots)));
  }

  // ------------------------------------------------------------------ copies

  /** A heap copy of an object, owned by the protocol value (proto.own.3). */
  private Tree.Expr copied(Type.Protocol target, Object o, Tree.@Nullable Expr allocator, Span at) {
    Local value = new Local("object", o.type(), at);
    Local address = new Local("copy", new Type.Pointer(o.type()), at);
    long size = Math.max(1, c.analysis.layout.size(o.type()));
    Tree.Expr room = allocate(c.intConst(at, Types.I64, size), allocator, at);
    if (room.type().isError()) {
      return room;
    }
    Tree.Expr copy = new Tree.LocalRef(at, address);
    List<Tree.Stmt> steps =
        List.of(
            new Tree.Declare(at, value, Optional.of(o.value())),
            new Tree.Declare(
                at,
                address,
                Optional.of(new Tree.Convert(at, address.type(), Tree.Conversion.ADDRESS, room))),
            new Tree.Assign(at, new Tree.Deref(at, o.type(), copy), new Tree.LocalRef(at, value)));
    return new Tree.Block(at, target, steps, Optional.of(words(target, o.type(), copy, at)));
  }

  /** An owner made of a view: copies as many bytes as the object has (proto.own.6). */
  private Tree.Expr promoted(
      Tree.Expr view, Type.Protocol target, Tree.@Nullable Expr allocator, Span at) {
    Local held = new Local("view", target, at);
    Local size = new Local("size", Types.I64, at);
    Local address = new Local("copy", Types.VOID_POINTER, at);
    Tree.Expr value = new Tree.LocalRef(at, held);
    Tree.Expr bytes = new Tree.LocalRef(at, size);
    Tree.Expr room = allocate(bytes, allocator, at);
    if (room.type().isError()) {
      return room;
    }
    Tree.Expr type = new Tree.Field(at, Types.TYPE, value, 1);
    Tree.Expr real =
        new Tree.Reflect(at, Types.I64, Tree.ReflectOp.SIZE_OF, type, Optional.empty());
    Tree.Expr one = c.intConst(at, Types.I64, 1);
    Tree.Expr isEmpty = new Tree.Compare(at, Tree.CompareOp.LT, real, one);
    List<Tree.Stmt> steps = new ArrayList<>();
    steps.add(new Tree.Declare(at, held, Optional.of(new Tree.Deref(at, target, view))));
    steps.add(
        new Tree.Declare(at, size, Optional.of(new Tree.If(at, Types.I64, isEmpty, one, real))));
    steps.add(new Tree.Declare(at, address, Optional.of(room)));
    steps.addAll(copyBytes(new Tree.Field(at, Types.VOID_POINTER, value, 0), address, bytes, at));
    List<Tree.Part> parts = new ArrayList<>();
    int words = 2 + c.analysis.types.methodWords(target);
    parts.add(new Tree.Part(0, new Tree.LocalRef(at, address)));
    parts.add(new Tree.Part(1, type));
    for (int i = 2; i < words; i++) {
      parts.add(new Tree.Part(i, new Tree.Field(at, Types.VOID_POINTER, value, i)));
    }
    return new Tree.Block(at, target, steps, Optional.of(new Tree.Aggregate(at, target, parts)));
  }

  /** A loop over bytes: the size is known at run time only. */
  private List<Tree.Stmt> copyBytes(Tree.Expr from, Local to, Tree.Expr count, Span at) {
    Type bytes = new Type.ManyPointer(Types.U8);
    Local index = new Local("index", Types.I64, at);
    Tree.Expr i = new Tree.LocalRef(at, index);
    Tree.Expr source =
        new Tree.Index(at, Types.U8, new Tree.Convert(at, bytes, Tree.Conversion.ADDRESS, from), i);
    Tree.Expr place =
        new Tree.Index(
            at,
            Types.U8,
            new Tree.Convert(at, bytes, Tree.Conversion.ADDRESS, new Tree.LocalRef(at, to)),
            i);
    Tree.Block body =
        new Tree.Block(
            at, Types.VOID, List.of(new Tree.Assign(at, place, source)), Optional.empty());
    Tree.Expr next =
        new Tree.Arithmetic(at, Types.I64, Tree.ArithmeticOp.ADD, i, c.intConst(at, Types.I64, 1));
    return List.of(
        new Tree.Declare(at, index, Optional.of(c.intConst(at, Types.I64, 0))),
        new Tree.Loop(
            at,
            new Tree.Compare(at, Tree.CompareOp.LT, i, count),
            body,
            List.of(new Tree.Assign(at, i, next))));
  }

  /** Bytes of the given allocator, else of the current one (ctx.use.1). */
  Tree.Expr allocate(Tree.Expr size, Tree.@Nullable Expr allocator, Span at) {
    Tree.Expr from = allocator != null ? allocator : currentAllocator(at);
    return from.type() instanceof Type.Protocol
        ? new Dispatch(c).call(from, "alloc_bytes", List.of(size), at)
        : c.bad(at);
  }

  private Tree.Expr currentAllocator(Span at) {
    Optional<Type.Struct> context = c.analysis.contexts.type();
    if (context.isPresent()) {
      List<TypeTable.Field> fields = c.analysis.types.fields(context.get());
      for (int i = 0; i < fields.size(); i++) {
        if (fields.get(i).name().equals("allocator")) {
          return new Tree.Field(at, fields.get(i).type(), c.analysis.contexts.current(c, at), i);
        }
      }
    }
    return c.bad(
        at,
        "this takes memory from `context.allocator`, and this program has no such context"
            + c.analysis.contexts.listed());
  }
}
