package sx.sema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sx.module.Declaration;
import sx.module.Module;
import sx.sema.tree.Instance;
import sx.sema.tree.Tree;
import sx.source.Span;
import sx.syntax.Ast;
import sx.type.Type;
import sx.type.Types;

/**
 * Intrinsics that exist at compile time only: calls of services that the engine provides (ct.raw,
 * ct.make.11, ct.intr.6).
 */
final class RawInterface {
  private record Signature(Type result, List<Type> params) {}

  private static final Map<String, Signature> SIGNATURES =
      Map.ofEntries(
          Map.entry("raw_intern", new Signature(Types.U32, List.of(Types.STRING))),
          Map.entry("raw_text_of", new Signature(Types.STRING, List.of(Types.U32))),
          Map.entry("raw_find_type", new Signature(Types.U32, List.of(Types.U32))),
          Map.entry("raw_type_kind", new Signature(Types.I64, List.of(Types.U32))),
          Map.entry("raw_type_name", new Signature(Types.U32, List.of(Types.U32))),
          Map.entry("raw_field_count", new Signature(Types.I64, List.of(Types.U32))),
          Map.entry("raw_field_name", new Signature(Types.U32, List.of(Types.U32, Types.I64))),
          Map.entry("raw_field_type", new Signature(Types.U32, List.of(Types.U32, Types.I64))),
          Map.entry("raw_variant_value", new Signature(Types.I64, List.of(Types.U32, Types.I64))),
          Map.entry("__sx_print_frames", new Signature(Types.VOID, List.of())),
          Map.entry("raw_pointer_to", new Signature(Types.TYPE, List.of(Types.TYPE))),
          Map.entry("raw_declare_type", new Signature(Types.TYPE, List.of(Types.STRING))),
          Map.entry(
              "raw_register_type", new Signature(Types.TYPE, List.of(Types.TYPE, Types.I64))));

  private final Checker c;

  RawInterface(Checker c) {
    this.c = c;
  }

  static boolean isKnown(String name) {
    return SIGNATURES.containsKey(name);
  }

  static boolean givesType(String name) {
    Signature s = SIGNATURES.get(name);
    return s != null && s.result().equals(Types.TYPE);
  }

  /** A declaration of the library's {@code modules/std/meta.sx}; null if no file imports it. */
  static @Nullable Declaration meta(Analysis a, String name) {
    for (Module m : a.graph.modules()) {
      if (m.path().endsWith("modules/std/meta.sx") && m.file().isLibrary()) {
        return m.declarations().get(name);
      }
    }
    return null;
  }

  Tree.Expr call(String name, Ast.Call call) {
    Signature s = SIGNATURES.get(name);
    List<Type> params = new ArrayList<>(s == null ? List.of() : s.params());
    if (name.equals("raw_register_type")) {
      Declaration d = meta(c.analysis, "Member");
      if (d == null || !(c.analysis.entity(d) instanceof Entity.TypeName member)) {
        return c.bad(call.span(), "`" + name + "` needs `modules/std/meta.sx` in the program");
      }
      params.add(new Type.Slice(member.type()));
    }
    if (call.args().size() != params.size()) {
      return c.bad(
          call.callee().span(), Calls.wrongCount(params.size(), params.size(), call.args().size()));
    }
    List<Tree.Expr> args = new ArrayList<>();
    for (int i = 0; i < params.size(); i++) {
      args.add(c.value(call.args().get(i).value(), params.get(i)));
    }
    return args.stream().anyMatch(x -> x.type().isError())
        ? c.bad(call.span())
        : of(name, call.span(), args);
  }

  /** A call of the service with that name. */
  Tree.Expr of(String name, Span at, List<Tree.Expr> args) {
    Signature s = SIGNATURES.get(name);
    Type result = s == null ? Types.TYPE : s.result();
    Instance service =
        c.analysis.runtime.service(name, result, args.stream().map(Tree.Expr::type).toList(), at);
    return new Tree.Call(at, result, service, args);
  }
}
