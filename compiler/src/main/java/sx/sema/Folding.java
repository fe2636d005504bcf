package sx.sema;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sx.sema.tree.Constant;
import sx.sema.tree.GlobalVar;
import sx.sema.tree.Tree;
import sx.type.Type;

/** The value of a typed expression that needs no evaluation: what is constant by its form. */
final class Folding {
  private Folding() {}

  static Optional<Constant> constant(Tree.Expr e) {
    return switch (e) {
      case Tree.Const k -> Optional.of(k.value());
      case Tree.Undefined u -> Optional.of(Constant.ZERO);
      case Tree.GlobalRef g when !g.global().mutable() -> Optional.of(g.global().initial());
      case Tree.FunctionRef f -> Optional.of(new Constant.FunctionAddress(f.function()));
      case Tree.Aggregate a -> aggregate(a);
      case Tree.Fill f -> fill(f);
      case Tree.AddressOf a when a.place() instanceof Tree.GlobalRef g ->
          Optional.of(new Constant.GlobalAddress(g.global()));
      case Tree.Field f when constant(f.base()).orElse(null) instanceof Constant.Variant v ->
          (f.base().type() instanceof Type.Enum ? v.index() + 1 : v.index()) == f.index()
              ? Optional.of(v.payload())
              : Optional.empty();
      case Tree.Field f -> constant(f.base()).flatMap(k -> part(k, f.index()));
      case Tree.Index i ->
          constant(i.index()).orElse(null) instanceof Constant.Int n
              ? constant(i.base()).flatMap(k -> part(k, n.value()))
              : Optional.empty();
      case Tree.Convert k when k.kind() == Tree.Conversion.ARRAY_VIEW -> view(k.operand());
      case Tree.Convert k when k.kind() == Tree.Conversion.WRAP ->
          constant(k.operand()).map(Constant.Present::new);
      case Tree.Convert k when k.kind() == Tree.Conversion.ADDRESS && k.type().isAddress() ->
          constant(k.operand());
      case Tree.Convert k when k.kind() == Tree.Conversion.SAME_WORDS -> constant(k.operand());
      case Tree.Payload p ->
          constant(p.optional()).orElse(null) instanceof Constant.Present k
              ? Optional.of(k.payload())
              : Optional.empty();
      case Tree.Truth t when t.operand().type() instanceof Type.Optional ->
          constant(t.operand()).map(Folding::presence);
      case Tree.If i ->
          constant(i.condition()).orElse(null) instanceof Constant.Int n
              ? constant(n.value() != 0 ? i.then() : i.otherwise())
              : Optional.empty();
      case Tree.Block b when b.statements().isEmpty() && b.value().isPresent() ->
          constant(b.value().get());
      default -> Optional.empty();
    };
  }

  private static Constant presence(Constant optional) {
    return new Constant.Int(optional instanceof Constant.Zero ? 0 : 1);
  }

  /** A slice of constant elements, which get storage of their own, or of a constant array. */
  private static Optional<Constant> view(Tree.Expr array) {
    if (!(array.type() instanceof Type.Array type)) {
      return Optional.empty();
    }
    Constant length = new Constant.Int(type.length());
    if (array instanceof Tree.GlobalRef g && !g.global().mutable()) {
      Constant first = new Constant.GlobalAddress(g.global());
      return Optional.of(new Constant.Aggregate(List.of(first, length)));
    }
    if (!(array instanceof Tree.Temporary t)) {
      return Optional.empty();
    }
    return constant(t.value())
        .map(
            elements -> {
              if (type.length() == 0) {
                return Constant.ZERO;
              }
              GlobalVar storage =
                  new GlobalVar("elements", type, true, array.span(), Optional.empty());
              storage.initial(elements);
              return new Constant.Aggregate(List.of(new Constant.GlobalAddress(storage), length));
            });
  }

  private static Optional<Constant> aggregate(Tree.Aggregate a) {
    if (a.type() instanceof Type.Union || a.type() instanceof Type.Enum) {
      Tree.Part p = a.parts().getLast();
      int index = a.type() instanceof Type.Enum ? p.index() - 1 : p.index();
      return constant(p.value()).map(k -> new Constant.Variant(index, k));
    }
    int size = 0;
    for (Tree.Part p : a.parts()) {
      size = Math.max(size, p.index() + 1);
    }
    List<Constant> parts = new ArrayList<>(java.util.Collections.nCopies(size, Constant.ZERO));
    for (Tree.Part p : a.parts()) {
      Optional<Constant> k = constant(p.value());
      if (k.isEmpty()) {
        return Optional.empty();
      }
      parts.set(p.index(), k.get());
    }
    return Optional.of(new Constant.Aggregate(List.copyOf(parts)));
  }

  private static Optional<Constant> fill(Tree.Fill f) {
    Optional<Constant> k = constant(f.element());
    long count =
        switch (f.type()) {
          case Type.Array a -> a.length();
          case Type.Vector v -> v.lanes();
          default -> -1;
        };
    if (k.isEmpty() || count < 0) {
      return Optional.empty();
    }
    if (isZero(k.get())) {
      return Optional.of(Constant.ZERO);
    }
    return Optional.of(new Constant.Aggregate(java.util.Collections.nCopies((int) count, k.get())));
  }

  private static boolean isZero(Constant k) {
    return switch (k) {
      case Constant.Zero z -> true;
      case Constant.Int i -> i.value() == 0;
      case Constant.Float f -> Double.doubleToRawLongBits(f.value()) == 0;
      case Constant.Aggregate a -> a.parts().stream().allMatch(Folding::isZero);
      default -> false;
    };
  }

  private static Optional<Constant> part(Constant whole, long index) {
    if (whole instanceof Constant.Zero) {
      return Optional.of(Constant.ZERO);
    }
    return whole instanceof Constant.Aggregate a && index >= 0 && index < a.parts().size()
        ? Optional.of(a.parts().get((int) index))
        : Optional.empty();
  }
}
