package sx.sema;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sx.sema.tree.Local;
import sx.sema.tree.Tree;
import sx.source.Span;
import sx.syntax.Ast;
import sx.type.Type;
import sx.type.Types;

/** Calls of methods through protocol values (07-protocols.md section 6). */
final class Dispatch {
  private final Checker c;

  Dispatch(Checker c) {
    this.c = c;
  }

  /** The protocol value behind a receiver: itself, or what a view or an optional holds; or null. */
  static Tree.@Nullable Expr receiver(Tree.Expr base) {
    return switch (base.type()) {
      case Type.Protocol p -> base;
      case Type.Pointer p when p.target() instanceof Type.Protocol t ->
          new Tree.Deref(base.span(), t, base);
      case Type.Optional o when o.payload() instanceof Type.Protocol t ->
          new Tree.Convert(base.span(), t, Tree.Conversion.REINTERPRET, base);
      case Type.Optional o
          when o.payload() instanceof Type.Pointer p && p.target() instanceof Type.Protocol t ->
          new Tree.Deref(
              base.span(), t, new Tree.Convert(base.span(), p, Tree.Conversion.ADDRESS, base));
      default -> null;
    };
  }

  /** The call of a protocol's method; null if the protocol has none of that name. */
  Tree.@Nullable Expr call(Tree.Expr value, Ast.Call call, Ast.Member m) {
    ProtocolInfo p = c.analysis.protocols.info((Type.Protocol) value.type());
    ProtocolInfo.Method method = p.method(m.name().text());
    if (method == null) {
      return null;
    }
    if (!method.isDispatchable()) {
      return c.bad(m.span(), undispatchable(p, method));
    }
    List<Ast.ProtocolParam> params = method.ast().params();
    if (call.args().stream().anyMatch(a -> a.name().isPresent())) {
      return c.bad(m.span(), "a call through a protocol takes no named arguments");
    }
    if (call.args().size() != params.size()) {
      return c.bad(m.span(), Calls.wrongCount(params.size(), params.size(), call.args().size()));
    }
    Checker signature = Checker.of(c.analysis, p.scope(), FunctionState.none());
    List<Tree.Expr> args = new ArrayList<>();
    boolean bad = false;
    List<Type> types = new ArrayList<>();
    for (int i = 0; i < params.size(); i++) {
      Type type = signature.types.resolve(params.get(i).type());
      Argument given = new Argument.Written(call.args().get(i).value());
      Tree.Expr v = c.calls.argument(given, type, call.span());
      bad |= v.type().isError();
      types.add(type);
      args.add(v);
    }
    Type result = method.ast().returnType().map(signature.types::result).orElse(Types.VOID);
    return bad || result.isError()
        ? c.bad(call.span())
        : through(value, p, method, types, result, args, call.span());
  }

  /** The call of a method with arguments that are ready. */
  Tree.Expr call(Tree.Expr value, String name, List<Tree.Expr> args, Span at) {
    ProtocolInfo p = c.analysis.protocols.info((Type.Protocol) value.type());
    ProtocolInfo.Method method = p.method(name);
    if (method == null || !method.isDispatchable()) {
      return c.bad(at, "`" + p.name() + "` has no method `" + name + "`");
    }
    Checker signature = Checker.of(c.analysis, p.scope(), FunctionState.none());
    Type result = method.ast().returnType().map(signature.types::result).orElse(Types.VOID);
    List<Type> types = args.stream().map(Tree.Expr::type).toList();
    return through(value, p, method, types, result, args, at);
  }

  private Tree.Expr through(
      Tree.Expr value,
      ProtocolInfo p,
      ProtocolInfo.Method method,
      List<Type> params,
      Type result,
      List<Tree.Expr> args,
      Span at) {
    List<Type> all = new ArrayList<>(params);
    all.addFirst(Types.VOID_POINTER);
    Type.Function type = new Type.Function(all, result, false, false);
    Local receiver = new Local("receiver", p.type(), at);
    Tree.Expr held = new Tree.LocalRef(at, receiver);
    List<Tree.Expr> given = new ArrayList<>(args);
    given.addFirst(new Tree.Field(at, Types.VOID_POINTER, held, 0));
    Tree.Expr done = new Tree.CallIndirect(at, result, function(p, method, type, held, at), given);
    Tree.Stmt first = new Tree.Declare(at, receiver, Optional.of(value));
    return result instanceof Type.Void
        ? new Tree.Block(
            at, Types.VOID, List.of(first, new Tree.ExprStmt(at, done)), Optional.empty())
        : new Tree.Block(at, result, List.of(first), Optional.of(done));
  }

  /** The code address of a method: in the value itself, or in its table. */
  private Tree.Expr function(
      ProtocolInfo p, ProtocolInfo.Method m, Type.Function type, Tree.Expr held, Span at) {
    if (p.inline()) {
      Tree.Expr word = new Tree.Field(at, Types.VOID_POINTER, held, 2 + m.slot());
      return new Tree.Convert(at, type, Tree.Conversion.ADDRESS, word);
    }
    Tree.Expr word = new Tree.Field(at, Types.VOID_POINTER, held, 2);
    Tree.Expr table =
        new Tree.Convert(at, new Type.ManyPointer(type), Tree.Conversion.ADDRESS, word);
    return new Tree.Index(at, type, table, c.intConst(at, Types.I64, m.slot()));
  }

  private static String undispatchable(ProtocolInfo p, ProtocolInfo.Method m) {
    Ast.Name parameter = Protocols.selfParameter(m.ast());
    return "`"
        + m.name()
        + "` cannot be called through `"
        + p.name()
        + "`, because "
        + (parameter != null ? "its parameter `" + parameter.text() + "`" : "its return type")
        + " mentions `Self`; a generic function with a parameter `$T/"
        + p.name()
        + "` can call it";
  }
}
