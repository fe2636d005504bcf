package sx.comptime;

import static sx.comptime.Emission.numbers;

import sx.type.Layout;
import sx.type.Type;

/** Emits loads, stores and copies of values of any type. */
final class Accesses {
  /** The bytes of the loads by their distance from that of I8. */
  private static final int[] WIDTHS = {1, 1, 2, 2, 4, 4, 8, 1};

  /** More is not asked of an address: allocators that programs write give no more (ct.env.8). */
  private static final long MOST = 8;

  private final Emission out;
  private final Layout layout;

  Accesses(Emission out, Layout layout) {
    this.out = out;
    this.layout = layout;
  }

  void loadScalar(int result, Type type, Place from, boolean pure) {
    Type machine = layout.machine(type);
    int kind = loadKind(machine);
    if (machine instanceof Type.Int i && i.bits() != 8 * layout.size(i)) {
      int whole = out.newRegister();
      load(kind, whole, from, pure);
      int op = i.signed() ? Op.EXT_S : Op.EXT_U;
      out.pure(op, result, numbers(64 - i.bits()), whole);
    } else {
      load(kind, result, from, pure);
    }
  }

  /** The distance from the operation for I8 to the one for this type. */
  private int loadKind(Type machine) {
    if (machine instanceof Type.Bool) {
      return Op.LOAD_BOOL - Op.LOAD_I8;
    }
    boolean signed = machine instanceof Type.Int i && i.signed();
    return switch ((int) layout.size(machine)) {
      case 1 -> (signed ? Op.LOAD_I8 : Op.LOAD_U8) - Op.LOAD_I8;
      case 2 -> (signed ? Op.LOAD_I16 : Op.LOAD_U16) - Op.LOAD_I8;
      case 4 -> (signed ? Op.LOAD_I32 : Op.LOAD_U32) - Op.LOAD_I8;
      default -> Op.LOAD_I64 - Op.LOAD_I8;
    };
  }

  private void load(int kind, int result, Place at, boolean pure) {
    Place p = checked(at, WIDTHS[kind]);
    int op;
    int[] numbers;
    int[] sources;
    if (p.isFrame()) {
      op = Op.LOAD_SP_I8 + kind;
      numbers = numbers(p.disp());
      sources = Micro.NONE;
    } else if (p.isIndexed()) {
      op = Op.LOAD_X_I8 + kind;
      numbers = numbers(p.disp(), p.scale());
      sources = numbers(p.base(), p.index());
    } else {
      op = Op.LOAD_I8 + kind;
      numbers = numbers(p.disp());
      sources = numbers(p.base());
    }
    if (pure) {
      out.pure(op, result, numbers, sources);
    } else {
      out.effect(op, result, numbers, sources);
    }
  }

  /** Operations on the frame ask nothing: a misaligned place there is one like any other. */
  private Place checked(Place p, long bytes) {
    if (!p.isFrame() || p.disp() % bytes == 0) {
      return p;
    }
    int r = out.newRegister();
    address(r, p);
    return Place.at(r);
  }

  void storeScalar(Type type, Place to, int value) {
    int kind = Long.numberOfTrailingZeros(layout.size(type));
    Place p = checked(to, layout.size(type));
    if (p.isFrame()) {
      out.effect(Op.STORE_SP_8 + kind, Micro.NO_RESULT, numbers(p.disp()), value);
    } else if (p.isIndexed()) {
      out.effect(
          Op.STORE_X_8 + kind,
          Micro.NO_RESULT,
          numbers(p.disp(), p.scale()),
          p.base(),
          p.index(),
          value);
    } else {
      out.effect(Op.STORE_8 + kind, Micro.NO_RESULT, numbers(p.disp()), p.base(), value);
    }
  }

  void copy(Type type, Place to, Place from) {
    long size = layout.size(type);
    if (size > 0) {
      Place target = plain(to);
      Place source = plain(from);
      out.effect(
          Op.COPY,
          Micro.NO_RESULT,
          numbers(target.disp(), source.disp(), bytes(size), align(type)),
          target.base(),
          source.base());
    }
  }

  void fillZero(Type type, Place to) {
    long size = layout.size(type);
    if (size > 0) {
      Place target = plain(to);
      int[] numbers = numbers(target.disp(), bytes(size), align(type));
      out.effect(Op.FILL, Micro.NO_RESULT, numbers, target.base());
    }
  }

  private int align(Type type) {
    return (int) Math.min(layout.align(type), MOST);
  }

  /** Puts an address into a register. */
  void address(int result, Place p) {
    if (p.isFrame()) {
      out.pure(Op.LEA_SP, result, numbers(p.disp()));
    } else if (p.isIndexed()) {
      out.pure(Op.LEA_X, result, numbers(p.disp(), p.scale()), p.base(), p.index());
    } else if (p.disp() == 0) {
      out.pure(Op.MOVE, result, Micro.NONE, p.base());
    } else {
      out.pure(Op.LEA, result, numbers(p.disp()), p.base());
    }
  }

  private Place plain(Place p) {
    if (!p.isIndexed()) {
      return p;
    }
    int r = out.newRegister();
    address(r, p);
    return Place.at(r);
  }

  static int bytes(long size) {
    if (size > Integer.MAX_VALUE) {
      throw new Trap("a value of " + size + " bytes is too large");
    }
    return (int) size;
  }
}
