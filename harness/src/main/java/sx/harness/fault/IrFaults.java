package sx.harness.fault;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import sx.ir.Body;
import sx.ir.Inst;
import sx.ir.Inst.Binary;
import sx.ir.Inst.BinaryKind;
import sx.ir.Inst.ByteOffset;
import sx.ir.Inst.Compare;
import sx.ir.Inst.CompareKind;
import sx.ir.Inst.ConstInt;
import sx.ir.Inst.Convert;
import sx.ir.Inst.ConvertKind;
import sx.ir.Inst.FieldAddress;
import sx.ir.Inst.Reflect;
import sx.ir.Inst.ReflectKind;
import sx.ir.Inst.Store;
import sx.ir.Terminator;
import sx.type.Type;
import sx.type.Types;

/** Faults of lowering and of the engines' view of the IR. */
final class IrFaults {
  private IrFaults() {}

  /** Replaces instructions of one class, where the function gives another. */
  static <T extends Inst> IrFault each(Class<T> kind, Function<T, Inst> change) {
    return new IrFault() {
      @Override
      public List<Inst> inst(Inst inst, Registers registers) {
        return List.of(kind.isInstance(inst) ? change.apply(kind.cast(inst)) : inst);
      }
    };
  }

  static IrFault ends(Function<Terminator, Terminator> change) {
    return new IrFault() {
      @Override
      public Terminator end(Terminator end) {
        return change.apply(end);
      }
    };
  }

  static IrFault swapped(BinaryKind op) {
    return each(
        Binary.class,
        b -> b.op() == op ? new Binary(b.result(), op, b.type(), b.right(), b.left()) : b);
  }

  /** One operation in place of another, for the types that a test picks. */
  static IrFault instead(BinaryKind from, BinaryKind to, java.util.function.Predicate<Type> where) {
    return each(
        Binary.class,
        b ->
            b.op() == from && where.test(b.type())
                ? new Binary(b.result(), to, b.type(), b.left(), b.right())
                : b);
  }

  /** An operation as if its operands were unsigned. */
  static IrFault unsigned(BinaryKind op) {
    return each(
        Binary.class,
        b ->
            b.op() == op ? new Binary(b.result(), op, unsigned(b.type()), b.left(), b.right()) : b);
  }

  static IrFault compare(CompareKind from, CompareKind to) {
    return each(
        Compare.class,
        c -> c.op() == from ? new Compare(c.result(), to, c.operands(), c.left(), c.right()) : c);
  }

  static IrFault unsignedCompare() {
    return each(
        Compare.class,
        c -> new Compare(c.result(), c.op(), unsigned(c.operands()), c.left(), c.right()));
  }

  /** Sign extension becomes zero extension. */
  static IrFault zeroExtension() {
    return each(
        Convert.class,
        c ->
            c.kind() == ConvertKind.INT_TO_INT
                ? new Convert(c.result(), c.kind(), unsigned(c.from()), c.to(), c.operand())
                : c);
  }

  static IrFault unsignedToFloat() {
    return each(
        Convert.class,
        c ->
            c.kind() == ConvertKind.INT_TO_FLOAT
                ? new Convert(c.result(), c.kind(), unsigned(c.from()), c.to(), c.operand())
                : c);
  }

  /** Numbers are cut to eight bits less than their type has. */
  static IrFault tooNarrow() {
    return new IrFault() {
      @Override
      public List<Inst> inst(Inst inst, Registers registers) {
        if (inst instanceof Convert(int result, ConvertKind kind, Type from, Type to, int operand)
            && kind == ConvertKind.INT_TO_INT
            && to instanceof Type.Int(int bits, boolean signed, boolean _)
            && bits > 8) {
          Type less = new Type.Int(bits - 8, signed, false);
          int middle = registers.fresh();
          return List.of(
              new Convert(middle, kind, from, less, operand),
              new Convert(result, kind, less, to, middle));
        }
        return List.of(inst);
      }
    };
  }

  /** One question about a run-time type in place of another. */
  static IrFault question(ReflectKind from, ReflectKind to) {
    return each(
        Reflect.class,
        r -> r.kind() == from ? new Reflect(r.result(), to, r.type(), r.index()) : r);
  }

  /** The tags of tagged unions are stored one byte behind their place, and read from it. */
  static IrFault misplacedTag() {
    return new IrFault() {
      @Override
      public Body apply(Body body) {
        Set<Integer> tags = new HashSet<>();
        for (Body.Block b : body.blocks()) {
          for (Inst inst : b.code()) {
            if (inst instanceof FieldAddress(int result, Type aggregate, int _, int index)
                && aggregate instanceof Type.Enum
                && index == 0) {
              tags.add(result);
            }
          }
        }
        return stored(tags).apply(body);
      }
    };
  }

  private static IrFault stored(Set<Integer> addresses) {
    return new IrFault() {
      @Override
      public List<Inst> inst(Inst inst, Registers registers) {
        if (!(inst instanceof Store(Type type, int address, int value))
            || !addresses.contains(address)) {
          return List.of(inst);
        }
        int one = registers.fresh();
        int behind = registers.fresh();
        return List.of(
            new ConstInt(one, Types.I64, 1),
            new ByteOffset(behind, address, one),
            new Store(type, behind, value));
      }
    };
  }

  static IrFault constantOffByOne() {
    return each(
        ConstInt.class,
        c ->
            c.type().isInt() && c.value() > 1 && c.value() < 100
                ? new ConstInt(c.result(), c.type(), c.value() + 1)
                : c);
  }

  /** The address of the part before, except for the first. */
  static IrFault fieldOffByOne() {
    return each(
        Inst.FieldAddress.class,
        f ->
            f.index() > 0 && f.aggregate() instanceof Type.Struct
                ? new Inst.FieldAddress(f.result(), f.aggregate(), f.base(), f.index() - 1)
                : f);
  }

  /** Elements as if the first one had the number 1. */
  static IrFault elementOffByOne() {
    return new IrFault() {
      @Override
      public List<Inst> inst(Inst inst, Registers registers) {
        if (!(inst instanceof Inst.ElementAddress e)) {
          return List.of(inst);
        }
        int one = registers.fresh();
        int less = registers.fresh();
        return List.of(
            new ConstInt(one, sx.type.Types.I64, 1),
            new Binary(less, BinaryKind.SUB, sx.type.Types.I64, e.index(), one),
            new Inst.ElementAddress(e.result(), e.element(), e.base(), less));
      }
    };
  }

  /** A store through a field's address is lost. */
  static IrFault droppedFieldStore() {
    return new IrFault() {
      private final java.util.Set<Integer> fields = new java.util.HashSet<>();

      @Override
      public List<Inst> inst(Inst inst, Registers registers) {
        if (inst instanceof Inst.FieldAddress f) {
          fields.add(f.result());
        }
        return inst instanceof Inst.Store s && fields.contains(s.address())
            ? List.of()
            : List.of(inst);
      }
    };
  }

  /** The last two arguments swapped, where they have one type. */
  static IrFault swappedArguments() {
    return each(
        Inst.Call.class,
        c -> {
          List<Type> types = c.callee().params();
          int last = types.size() - 1;
          if (c.args().size() != types.size()
              || last < 1
              || !types.get(last).equals(types.get(last - 1))) {
            return c;
          }
          List<Integer> args = new ArrayList<>(c.args());
          Collections.swap(args, last, last - 1);
          return new Inst.Call(c.result(), c.callee(), args);
        });
  }

  static IrFault dropped(Inst.UnaryKind op) {
    return new IrFault() {
      @Override
      public List<Inst> inst(Inst inst, Registers registers) {
        if (!(inst instanceof Inst.Unary u) || u.op() != op) {
          return List.of(inst);
        }
        int zero = registers.fresh();
        return u.type().isInt()
            ? List.of(
                new ConstInt(zero, u.type(), 0),
                new Binary(u.result(), BinaryKind.OR, u.type(), u.operand(), zero))
            : List.of(inst);
      }
    };
  }

  static IrFault wrongBranch() {
    return ends(
        end ->
            end instanceof Terminator.Branch(int condition, int then, int otherwise)
                ? new Terminator.Branch(condition, /* then= */ otherwise, /* otherwise= */ then)
                : end);
  }

  /** The first case of a switch is forgotten. */
  static IrFault forgottenCase() {
    return ends(
        end ->
            end instanceof Terminator.Switch s && s.cases().size() > 1
                ? new Terminator.Switch(
                    s.value(), s.cases().subList(1, s.cases().size()), s.otherwise())
                : end);
  }

  static IrFault wrongTypeTag() {
    return each(
        Inst.TypeTag.class,
        t ->
            t.value().equals(sx.type.Types.I64)
                ? new Inst.TypeTag(t.result(), sx.type.Types.U64)
                : t);
  }

  /** Numbers that are read are zero. */
  static IrFault readsZero() {
    return each(Inst.Load.class, l -> l.type().isInt() ? new ConstInt(l.result(), l.type(), 0) : l);
  }

  /** The last two arguments of a variadic C function swapped, where they have one type. */
  static IrFault swappedVariadic() {
    return each(
        Inst.CallVariadic.class,
        c -> {
          int last = c.args().size() - 1;
          if (last < 1 || !c.argTypes().get(last).equals(c.argTypes().get(last - 1))) {
            return c;
          }
          List<Integer> args = new ArrayList<>(c.args());
          Collections.swap(args, last, last - 1);
          return new Inst.CallVariadic(c.result(), c.callee(), args, c.argTypes());
        });
  }

  /** The last argument of a C function arrives as zero, if it is a number. */
  static IrFault lostForeignArgument() {
    return new IrFault() {
      @Override
      public List<Inst> inst(Inst inst, Registers registers) {
        if (!(inst instanceof Inst.Call c)
            || !c.callee().isExtern()
            || c.args().isEmpty()
            || c.args().size() != c.callee().params().size()
            || !c.callee().params().getLast().isInt()) {
          return List.of(inst);
        }
        int zero = registers.fresh();
        List<Integer> args = new ArrayList<>(c.args());
        args.set(args.size() - 1, zero);
        return List.of(
            new ConstInt(zero, c.callee().params().getLast(), 0),
            new Inst.Call(c.result(), c.callee(), args));
      }
    };
  }

  private static Type unsigned(Type type) {
    return type instanceof Type.Int(int bits, boolean _, boolean pointerSized)
        ? new Type.Int(bits, false, pointerSized)
        : type;
  }
}
