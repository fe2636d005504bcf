package sx.lower;

import static sx.lower.FunctionLowering.NONE;

import java.util.List;
import java.util.Optional;
import sx.ir.IrBuilder;
import sx.sema.tree.Tree;
import sx.sema.tree.Tree.Stmt;
import sx.source.Span;
import sx.type.Type;

/** Statements. */
final class Statements {
  private record ReturnPath(int slot, Exits.Exit exit) {}

  private final FunctionLowering f;
  private final IrBuilder b;
  private Optional<ReturnPath> returnPath = Optional.empty();
  private Optional<ReturnPath> failPath = Optional.empty();

  Statements(FunctionLowering f) {
    this.f = f;
    this.b = f.b;
  }

  void lower(List<Stmt> statements) {
    statements.forEach(this::lower);
  }

  void lower(Stmt statement) {
    Span before = b.at(statement.span());
    switch (statement) {
      case Tree.ExprStmt s -> f.values.effect(s.expr());
      case Tree.Declare s -> declare(s);
      case Tree.Assign s -> assign(s);
      case Tree.Update s -> update(s);
      case Tree.Loop s -> f.control.loop(s);
      case Tree.Break s -> f.control.leaveLoop();
      case Tree.Continue s -> f.control.nextPass();
      case Tree.Return s -> leave(s);
      case Tree.Fail s -> fail(s);
      case Tree.Defer s -> f.exits.register(s.body(), Exits.When.ALWAYS);
      case Tree.OnFail s -> f.exits.register(s.body(), Exits.When.FAILING);
      case Tree.OnSuccess s -> f.exits.register(s.body(), Exits.When.SUCCEEDING);
    }
    b.at(before);
  }

  private void declare(Tree.Declare s) {
    if (s.value().isEmpty()) {
      return;
    }
    if (s.local().type().isAddress()) {
      int value = f.values.value(s.value().get());
      f.store(s.local().type(), b.slotAddress(f.slot(s.local())), value);
      f.unaligned.keep(s.local(), value);
    } else if (f.hasValue(s.local().type())) {
      f.aggregates.into(s.value().get(), b.slotAddress(f.slot(s.local())), true);
    } else {
      f.values.effect(s.value().get());
    }
  }

  private void assign(Tree.Assign s) {
    if (s.value() instanceof Tree.Undefined) {
      f.values.effect(s.place());
      return;
    }
    if (s.value() instanceof Tree.Aggregate a && a.type() instanceof Type.Enum) {
      f.aggregates.assign(a, () -> f.places.address(s.place()));
      return;
    }
    int value = f.values.value(s.value());
    if (f.hasValue(s.place().type())) {
      f.store(s.place().type(), f.places.address(s.place()), value);
    } else {
      f.values.effect(s.place());
    }
  }

  private void update(Tree.Update s) {
    Type type = s.place().type();
    if (!f.hasValue(type)) {
      f.values.effect(s.place());
      f.values.effect(s.value());
      return;
    }
    int address = f.places.address(s.place());
    f.store(type, b.slotAddress(f.slot(s.old())), f.load(type, address));
    f.store(type, address, f.values.value(s.value()));
  }

  private void leave(Tree.Return s) {
    int value = s.value().isPresent() ? f.values.value(s.value().get()) : NONE;
    if (b.isTerminated()) {
      return;
    }
    if (!f.exits.isPending()) {
      ret(value);
      return;
    }
    go(path(), value);
  }

  /** Leaves with an error: the blocks registered for that run too. */
  private void fail(Tree.Fail s) {
    int value = f.values.value(s.value());
    if (b.isTerminated()) {
      return;
    }
    if (!f.exits.isPending()) {
      ret(value);
      return;
    }
    go(failPath(), value);
  }

  private void go(ReturnPath path, int value) {
    if (f.hasValue(f.result)) {
      b.storeSlot(f.layout.machine(f.result), path.slot(), value);
    }
    f.exits.go(path.exit());
  }

  private void ret(int value) {
    switch (f.result) {
      case Type.NoReturn n -> b.unreachable();
      case Type.Void v -> b.retVoid();
      default -> b.ret(value);
    }
  }

  /** The block that returns what its slot holds; for returns with deferred blocks pending. */
  private ReturnPath path() {
    if (returnPath.isEmpty()) {
      returnPath = Optional.of(newPath(false));
    }
    return returnPath.get();
  }

  /** The same for errors that leave the function. */
  private ReturnPath failPath() {
    if (failPath.isEmpty()) {
      failPath = Optional.of(newPath(true));
    }
    return failPath.get();
  }

  private ReturnPath newPath(boolean failing) {
    int here = b.block();
    int block = b.newBlock();
    int slot = f.hasValue(f.result) ? b.slot("result", f.result) : NONE;
    b.position(block);
    ret(slot == NONE ? NONE : b.loadSlot(f.layout.machine(f.result), slot));
    b.position(here);
    return new ReturnPath(slot, f.exits.outermost(block, failing));
  }
}
