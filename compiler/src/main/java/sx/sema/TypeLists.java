package sx.sema;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sx.sema.tree.Local;
import sx.source.Span;
import sx.syntax.Ast;
import sx.type.Type;

/** Lists of types in which packs are spread (pack.mat.3 to pack.mat.6). */
final class TypeLists {
  private final Checker c;

  TypeLists(Checker c) {
    this.c = c;
  }

  /** The types of the slots of a tuple, closure or function type, labels beside them. */
  record Slots(List<Type> types, List<String> labels) {}

  /** Resolves slots; errors are reported and give error types. */
  Slots slots(List<Ast.TypeSlot> slots) {
    List<Type> types = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    for (Ast.TypeSlot s : slots) {
      if (s.type() instanceof Ast.Spread p) {
        for (Type t : spread(p)) {
          types.add(t);
          labels.add("");
        }
      } else {
        types.add(c.types.resolve(s.type()));
        labels.add(s.name().map(Ast.Name::text).orElse(""));
      }
    }
    return new Slots(types, labels);
  }

  /** What a spread in a list of types stands for; an error type after an error. */
  List<Type> spread(Ast.Spread s) {
    int before = c.analysis.diagnostics.errorCount();
    List<Type> found = operand(s.operand());
    if (found != null) {
      return found;
    }
    if (c.analysis.diagnostics.errorCount() == before) {
      c.error(
          s.operand().span(),
          "`" + s.operand().span().text() + "` is no pack and no list of types");
    }
    return List.of(sx.type.Types.ERROR);
  }

  private @Nullable List<Type> operand(Ast.Expr e) {
    return switch (e) {
      case Ast.Group g -> operand(g.inner());
      case Ast.Call k -> each(k);
      default -> list(e);
    };
  }

  /** The list that a name or a projection stands for, or null. */
  @Nullable List<Type> list(Ast.Expr e) {
    return switch (e) {
      case Ast.NameExpr n -> named(n.name().text());
      case Ast.PackRef p -> named(p.name().text());
      case Ast.TypeIntro t -> named(t.name().text());
      case Ast.Member m when m.base() instanceof Ast.NameExpr n ->
          c.scope.find(n.name().text()) instanceof Entity.Pack p ? new Packs(c).types(p, m) : null;
      default -> null;
    };
  }

  private @Nullable List<Type> named(String name) {
    return switch (c.scope.find(name)) {
      case Entity.Pack p -> p.elements().stream().map(Local::type).toList();
      case Entity.TypeList l -> l.types();
      case null, default -> null;
    };
  }

  /** {@code F(Ts)}: the application for each type of the lists among the arguments. */
  private @Nullable List<Type> each(Ast.Call k) {
    List<@Nullable List<Type>> lists = new ArrayList<>();
    int count = -1;
    for (Ast.Arg a : k.args()) {
      List<Type> l = list(a.value());
      lists.add(l);
      count = l == null ? count : count < 0 ? l.size() : Math.min(count, l.size());
    }
    if (count < 0) {
      return null;
    }
    List<Type> out = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int at = i;
      out.add(c.scoped(() -> c.types.resolve(one(k, lists, at))));
    }
    return out;
  }

  private Ast.Call one(Ast.Call k, List<@Nullable List<Type>> lists, int at) {
    List<Ast.Arg> args = new ArrayList<>();
    for (int i = 0; i < k.args().size(); i++) {
      List<Type> l = lists.get(i);
      Ast.Arg a = k.args().get(i);
      args.add(l == null ? a : bound(a.value().span(), l.get(at)));
    }
    return new Ast.Call(k.span(), k.callee(), args, k.trailing());
  }

  /** An argument that names a type in the current scope, where no program can spell the name. */
  private Ast.Arg bound(Span at, Type type) {
    String name = "." + c.name(type) + "@" + type.hashCode();
    c.scope.declare(name, new Entity.TypeName(type));
    Ast.Expr e = new Ast.NameExpr(at, new Ast.Name(name, true, at));
    return new Ast.Arg(at, java.util.Optional.empty(), e);
  }

  /** The arguments of an application with spread lists written out; null after an error. */
  Ast.@Nullable Call expanded(Ast.Call call) {
    if (call.args().stream().noneMatch(a -> a.value() instanceof Ast.Spread)) {
      return call;
    }
    List<Ast.Arg> args = new ArrayList<>();
    for (Ast.Arg a : call.args()) {
      if (!(a.value() instanceof Ast.Spread s)) {
        args.add(a);
        continue;
      }
      for (Type t : spread(s)) {
        if (t.isError()) {
          return null;
        }
        args.add(bound(a.span(), t));
      }
    }
    return new Ast.Call(call.span(), call.callee(), args, call.trailing());
  }
}
