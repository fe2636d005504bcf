package sx.sema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sx.sema.tree.Constant;
import sx.sema.tree.GlobalVar;
import sx.sema.tree.Instance;
import sx.sema.tree.Local;
import sx.source.Span;
import sx.syntax.Ast;
import sx.type.Type;
import sx.type.Types;

/**
 * Whether types conform to protocols, and what their values hold for them (proto.conf, proto.lay).
 */
final class Conformances {
  /** What a type does for a protocol: a function for each method, or why it does not conform. */
  sealed interface Conformance {
    /** The functions stand in the order of the protocol's methods. */
    record Conforms(Impls.Impl impl, List<Instance> methods) implements Conformance {}

    /**
     * Why a type does not conform.
     *
     * @param reported whether an error of its own says so already
     */
    record Fails(String reason, boolean reported) implements Conformance {
      Fails(String reason) {
        this(reason, false);
      }

      /** Says why, unless that is known. */
      void report(Checker c, Span at) {
        if (!reported) {
          c.error(at, reason);
        }
      }
    }
  }

  private final Analysis a;
  private final Map<Impls.Pair, Conformance> known = new HashMap<>();
  private final Map<Instance, Instance> thunks = new HashMap<>();
  private final Map<Impls.Pair, GlobalVar> tables = new HashMap<>();

  Conformances(Analysis a) {
    this.a = a;
  }

  /** Whether a type conforms to a protocol (proto.conf). */
  Conformance conformance(Type.Protocol protocol, Type target) {
    Impls.Pair pair = new Impls.Pair(protocol, target);
    Conformance done = known.get(pair);
    if (done == null) {
      done = verify(a.protocols.info(protocol), target);
      known.put(pair, done);
    }
    return done;
  }

  private Conformance verify(ProtocolInfo p, Type target) {
    String type = a.typeNames.of(target);
    Impls.Impl impl = a.impls.find(p.type(), target);
    if (impl == null) {
      return new Conformance.Fails(
          "`"
              + type
              + "` does not implement `"
              + p.name()
              + "`: there is no `impl "
              + p.name()
              + " for "
              + type
              + "`",
          a.impls.mayBeMeant(p.name(), type));
    }
    List<Instance> methods = new ArrayList<>();
    for (ProtocolInfo.Method m : p.methods()) {
      Entity.FunctionDecl decl = a.impls.provided(impl, p, m);
      if (decl == null) {
        return new Conformance.Fails(
            "`"
                + type
                + "` does not implement `"
                + p.name()
                + "`: the method `"
                + m.name()
                + "` is missing");
      }
      if (decl.isGeneric()) {
        return new Conformance.Fails(
            "`"
                + type
                + "` does not implement `"
                + p.name()
                + "`: its method `"
                + m.name()
                + "` has type parameters of its own");
      }
      Optional<Instance> made = a.instances.plain(decl);
      if (made.isEmpty()) {
        return new Conformance.Fails(
            "the method `" + m.name() + "` of `" + type + "` has errors", true);
      }
      String difference = difference(p, m, target, made.get());
      if (difference != null) {
        return new Conformance.Fails(
            "`" + type + "` does not implement `" + p.name() + "`: " + difference);
      }
      methods.add(made.get());
    }
    return new Conformance.Conforms(impl, methods);
  }

  /**
   * What stands in a slot for a method: a function that takes the object's address. One that takes
   * the object by value gets a thunk that loads it (proto.lay.6).
   */
  Instance slot(Instance method, Type object) {
    boolean byValue = method.params().getFirst().type().equals(object);
    return byValue
        ? thunks.computeIfAbsent(method, m -> Forwarders.loading("ctx", m, object))
        : method;
  }

  /** The one table of a protocol and a type (proto.lay.5). */
  GlobalVar table(Type.Protocol protocol, Type object, List<Constant> slots) {
    return tables.computeIfAbsent(
        new Impls.Pair(protocol, object),
        k -> {
          Type type = new Type.Array(Types.VOID_POINTER, slots.size());
          GlobalVar made =
              new GlobalVar(
                  a.typeNames.of(protocol) + "." + a.typeNames.of(object),
                  type,
                  false,
                  a.protocols.info(protocol).scope().module().ast().span(),
                  Optional.empty());
          made.initial(slots.isEmpty() ? Constant.ZERO : new Constant.Aggregate(slots));
          return made;
        });
  }

  /** How an implementing function differs from the protocol's signature (proto.conf.3), or null. */
  private @Nullable String difference(
      ProtocolInfo p, ProtocolInfo.Method m, Type target, Instance f) {
    Checker c = Checker.of(a, Protocols.scopeFor(p, target), FunctionState.none());
    List<Ast.ProtocolParam> wanted = m.ast().params();
    List<Local> given = f.params();
    if (given.size() != wanted.size() + 1) {
      return "its method `"
          + m.name()
          + "` takes "
          + Math.max(0, given.size() - 1)
          + " parameters besides `self`, the protocol's "
          + wanted.size();
    }
    for (int i = 0; i < wanted.size(); i++) {
      Type type = c.types.resolve(wanted.get(i).type());
      Type other = given.get(i + 1).type();
      if (!type.isError() && !type.equals(other)) {
        return mismatch("the parameter `" + wanted.get(i).name().text() + "`", m, type, other);
      }
    }
    Type result = m.ast().returnType().map(c.types::result).orElse(Types.VOID);
    return result.isError() || Results.areSame(result, f.result())
        ? null
        : mismatch("the result", m, result, f.result());
  }

  private String mismatch(String what, ProtocolInfo.Method m, Type wanted, Type given) {
    String one = a.typeNames.of(wanted);
    String other = a.typeNames.of(given);
    return what
        + " of its method `"
        + m.name()
        + "` is `"
        + other
        + "`, the protocol says `"
        + one
        + "`"
        + (one.equals(other) ? "; these are different declarations of one name" : "");
  }
}
