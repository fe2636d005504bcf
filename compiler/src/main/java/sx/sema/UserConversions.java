package sx.sema;

import java.util.List;
import org.jspecify.annotations.Nullable;
import sx.module.Declaration;
import sx.module.Module;
import sx.sema.tree.Tree;
import sx.source.Span;
import sx.syntax.Ast;
import sx.type.Type;

/** Conversions that programs declare by {@code impl Into(T) for S} (proto.into). */
final class UserConversions {
  private final Checker c;

  UserConversions(Checker c) {
    this.c = c;
  }

  /** The conversion of a value to a type; null where none is declared. */
  Tree.@Nullable Expr convert(Tree.Expr e, Type target, Span at) {
    List<Impls.Impl> direct = candidates(e.type(), target);
    if (!direct.isEmpty()) {
      return call(direct, e, at);
    }
    if (e.type() instanceof Type.Pointer receiver
        && candidates(receiver.target(), target).stream().anyMatch(this::isInside)) {
      return recursive(e);
    }
    if (target instanceof Type.Pointer p) {
      List<Impls.Impl> pointee = candidates(e.type(), p.target());
      if (!pointee.isEmpty()) {
        Tree.Expr made = call(pointee, e, at);
        return made.type().isError()
            ? made
            : new Tree.AddressOf(at, target, new Tree.Temporary(at, made));
      }
    }
    return null;
  }

  private List<Impls.Impl> candidates(Type source, Type target) {
    Entity.ProtocolFamily into = family();
    return into != null
            && c.analysis.protocols.apply(into, List.of(target)) instanceof Type.Protocol p
        ? c.analysis.impls.candidates(p, source)
        : List.of();
  }

  /** The library's {@code Into}: the parameterised protocol of that name. */
  private Entity.@Nullable ProtocolFamily family() {
    for (Module m : c.analysis.graph.modules()) {
      Declaration d = m.declarations().get("Into");
      if (d != null
          && d.decl() instanceof Ast.ConstDecl k
          && k.value() instanceof Ast.ProtocolType
          && c.analysis.entity(d) instanceof Entity.ProtocolFamily f) {
        return f;
      }
    }
    return null;
  }

  /** Calls the one block that is visible where the conversion is written (proto.into.6). */
  private Tree.Expr call(List<Impls.Impl> candidates, Tree.Expr e, Span at) {
    List<Impls.Impl> visible =
        candidates.stream().filter(i -> c.analysis.impls.isVisible(i, c.scope.module())).toList();
    if (visible.isEmpty()) {
      return c.bad(
          e.span(),
          "the conversion of `"
              + c.name(e.type())
              + "` is declared in `"
              + candidates.getFirst().span().file().name()
              + "`, which this file does not import");
    }
    if (visible.size() > 1) {
      return c.bad(
          e.span(),
          "`"
              + c.name(e.type())
              + "` has two conversions for this, in `"
              + visible.getFirst().span().file().name()
              + "` and in `"
              + visible.get(1).span().file().name()
              + "`");
    }
    Impls.Impl impl = visible.getFirst();
    Entity.FunctionDecl convert = impl.methods().get("convert");
    if (convert == null) {
      return c.bad(e.span(), "the `impl` of this conversion has no method `convert`");
    }
    if (convert.ast.params().isEmpty()) {
      return c.bad(
          e.span(), "the method `convert` of this conversion has no parameter for the value");
    }
    if (isInside(impl)) {
      return recursive(e);
    }
    return c.calls.method(convert, e, List.of(), at, e.span());
  }

  /** Whether the body that is checked is the conversion of a block itself (proto.into.8). */
  private boolean isInside(Impls.Impl impl) {
    Entity.FunctionDecl convert = impl.methods().get("convert");
    return convert != null && c.function.declaration.filter(d -> d == convert).isPresent();
  }

  private Tree.Expr recursive(Tree.Expr e) {
    return c.bad(e.span(), "this conversion is recursive: it is the one that is defined here");
  }
}
