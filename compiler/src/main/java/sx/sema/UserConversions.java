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
    Impls.Impl direct = find(e.type(), target);
    if (direct != null) {
      return call(direct, e, at);
    }
    if (e.type() instanceof Type.Pointer receiver) {
      Impls.Impl around = find(receiver.target(), target);
      if (around != null && isInside(around)) {
        return recursive(e);
      }
    }
    if (target instanceof Type.Pointer p) {
      Impls.Impl pointee = find(e.type(), p.target());
      if (pointee != null) {
        Tree.Expr made = call(pointee, e, at);
        return made.type().isError()
            ? made
            : new Tree.AddressOf(at, target, new Tree.Temporary(at, made));
      }
    }
    return null;
  }

  private Impls.@Nullable Impl find(Type source, Type target) {
    Entity.ProtocolFamily into = family();
    return into != null
            && c.analysis.protocols.apply(into, List.of(target)) instanceof Type.Protocol p
        ? c.analysis.impls.find(p, source)
        : null;
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

  private Tree.Expr call(Impls.Impl impl, Tree.Expr e, Span at) {
    Impls.Impl rival = c.analysis.impls.rival(impl);
    if (rival != null) {
      return c.bad(
          e.span(),
          "`"
              + c.name(e.type())
              + "` has two conversions for this, in `"
              + impl.span().file().name()
              + "` and in `"
              + rival.span().file().name()
              + "`");
    }
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
