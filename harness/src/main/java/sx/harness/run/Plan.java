package sx.harness.run;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import sx.harness.corpus.Case;
import sx.harness.corpus.Header;
import sx.harness.corpus.Header.Arch;
import sx.harness.engine.Compiler;
import sx.harness.engine.Engine;

/** Which engines a case is tried in. What is left out is left out for a reason. */
record Plan(List<Engine> engines, List<EngineResult> leftOut) {
  private static final List<Engine> NATIVE_FIRST = List.of(Engine.O0, Engine.JIT, Engine.O2);

  /**
   * @param all whether every engine is wanted, not just one native and the machine
   * @param only the engines that were asked for; empty for any
   */
  static Plan of(Case one, Compiler compiler, boolean all, Set<Engine> only) {
    Plan plan = new Plan(new ArrayList<>(), new ArrayList<>());
    switch (one.header().expect()) {
      case REJECT -> plan.engines.add(Engine.CHECK);
      case IR -> plan.engines.addAll(codeEngines(one.header().arch()));
      case RUN -> plan.run(one, compiler, all);
    }
    if (!only.isEmpty()) {
      plan.engines.stream()
          .filter(engine -> !only.contains(engine))
          .forEach(engine -> plan.leftOut.add(EngineResult.notRun(engine, "not asked for")));
      plan.engines.retainAll(only);
    }
    plan.withoutLacking(compiler);
    return plan;
  }

  private static List<Engine> codeEngines(Optional<Arch> arch) {
    return Stream.of(Engine.IR_X86_64, Engine.IR_AARCH64)
        .filter(engine -> arch.isEmpty() || engine.arch() == arch.get())
        .toList();
  }

  private void run(Case one, Compiler compiler, boolean all) {
    Set<Engine> allowed = EnumSet.noneOf(Engine.class);
    for (Engine engine : Engine.RUNNING) {
      Optional<String> reason = forbids(one.header(), engine);
      if (reason.isPresent()) {
        leftOut.add(EngineResult.notRun(engine, reason.get()));
      } else {
        allowed.add(engine);
      }
    }
    Set<Engine> wanted = all ? allowed : fast(allowed, compiler);
    for (Engine engine : allowed) {
      if (!wanted.contains(engine)) {
        leftOut.add(EngineResult.notRun(engine, "not in the fast set"));
      }
    }
    engines.addAll(wanted);
    if (allowed.contains(Engine.EMULATED)
        && one.header().arch().isPresent()
        && compiler.lacks(Engine.EMULATED).isPresent()) {
      engines.addAll(codeEngines(one.header().arch()));
    } else {
      engines.addAll(
          codeEngines(Optional.empty()).stream().filter(e -> hasGolden(one, e)).toList());
    }
  }

  private static boolean hasGolden(Case one, Engine engine) {
    return one.goldens().contains(CaseRun.codeGolden(engine));
  }

  private static Set<Engine> fast(Set<Engine> allowed, Compiler compiler) {
    Set<Engine> some = EnumSet.noneOf(Engine.class);
    if (allowed.contains(Engine.VM)) {
      some.add(Engine.VM);
    }
    Optional<Engine> first =
        NATIVE_FIRST.stream()
            .filter(allowed::contains)
            .filter(engine -> compiler.lacks(engine).isEmpty())
            .findFirst();
    first.ifPresent(some::add);
    if (first.isEmpty() && allowed.contains(Engine.EMULATED)) {
      some.add(Engine.EMULATED);
    }
    return some;
  }

  private static Optional<String> forbids(Header header, Engine engine) {
    if (!header.engines().contains(engine)) {
      return Optional.of("its header: " + header.enginesReason());
    }
    if (header.arch().isPresent() && engine.arch() != header.arch().get()) {
      return Optional.of("it is for " + header.arch().get() + " only");
    }
    if (header.arch().isPresent() && engine == Engine.VM && header.arch().get() != Arch.host()) {
      return Optional.of("the machine runs code of " + Arch.host());
    }
    if (engine == Engine.VM && !header.args().isEmpty()) {
      return Optional.of("the machine passes no arguments");
    }
    return Optional.empty();
  }

  private void withoutLacking(Compiler compiler) {
    for (Engine engine : List.copyOf(engines)) {
      compiler
          .lacks(engine)
          .ifPresent(
              why -> {
                engines.remove(engine);
                leftOut.add(EngineResult.notRun(engine, why));
              });
    }
  }
}
