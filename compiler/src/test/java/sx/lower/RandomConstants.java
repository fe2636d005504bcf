package sx.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import sx.sema.tree.Constant;
import sx.type.Type;
import sx.type.TypeTable;
import sx.type.Types;

/** Random types and constants of them. */
final class RandomConstants {
  private final Kit kit;
  private final Random random;
  private final boolean addresses;

  /** Without addresses there are texts in strings only, which the engine can give back. */
  RandomConstants(Kit kit, Random random, boolean addresses) {
    this.kit = kit;
    this.addresses = addresses;
    this.random = random;
  }

  Type type(int depth) {
    int kind = random.nextInt(depth == 0 ? 8 : 15);
    return switch (kind) {
      case 0 -> new Type.Int(1 + random.nextInt(64), random.nextBoolean(), false);
      case 1 -> Types.F32;
      case 2 -> Types.F64;
      case 3 -> Types.BOOL;
      case 4 -> Types.STRING;
      case 5 -> addresses ? Types.CSTRING : Types.STRING;
      case 6 -> Types.TYPE;
      case 7 -> new Type.Optional(addresses ? new Type.ManyPointer(Types.U8) : Types.I32);
      case 8, 9 -> new Type.Array(type(depth - 1), random.nextInt(4));
      case 10 -> new Type.Optional(type(depth - 1));
      case 11 -> new Type.Tuple(types(depth), List.of());
      case 12 -> taggedUnion(depth);
      default -> kit.struct("S", types(depth).toArray(Type[]::new));
    };
  }

  private List<Type> types(int depth) {
    List<Type> all = new ArrayList<>();
    for (int n = random.nextInt(4); n >= 0; n--) {
      all.add(random.nextInt(8) == 0 ? Types.VOID : type(depth - 1));
    }
    return all;
  }

  private Type taggedUnion(int depth) {
    Type.Enum e = kit.types.declareEnum("E");
    List<TypeTable.Variant> variants = new ArrayList<>();
    for (Type t : types(depth)) {
      variants.add(new TypeTable.Variant("v" + variants.size(), variants.size() * 3L, t));
    }
    // Without a payload that takes space it would be a plain enum, whose values are integers.
    variants.add(new TypeTable.Variant("v" + variants.size(), variants.size() * 3L, Types.I64));
    kit.types.define(e, (Type.Int) (random.nextBoolean() ? Types.U8 : Types.I64), false, variants);
    return e;
  }

  Constant value(Type type) {
    if (random.nextInt(8) == 0) {
      return Constant.ZERO;
    }
    return switch (type) {
      case Type.Int i -> new Constant.Int(Scalars.inRange(i, random.nextLong()));
      case Type.Float f when f.bits() == 32 -> new Constant.Float(random.nextFloat());
      case Type.Float f -> new Constant.Float(random.nextGaussian());
      case Type.Bool b -> new Constant.Int(random.nextInt(2));
      case Type.Str s -> text();
      case Type.CString c -> text();
      case Type.ManyPointer p -> text();
      case Type.Meta m -> new Constant.TypeValue(random.nextBoolean() ? Types.I64 : Types.STRING);
      case Type.Optional o -> new Constant.Present(nonNull(o.payload()));
      case Type.Array a -> all(java.util.Collections.nCopies((int) a.length(), a.element()));
      case Type.Tuple t -> all(t.elements());
      case Type.Struct s -> all(kit.types.fields(s).stream().map(TypeTable.Field::type).toList());
      case Type.Enum e -> {
        int index = random.nextInt(kit.types.variants(e).size());
        yield new Constant.Variant(index, value(kit.types.variants(e).get(index).payload()));
      }
      default -> Constant.ZERO;
    };
  }

  /** A payload that an optional with a null word can tell from an absent one. */
  private Constant nonNull(Type payload) {
    return payload.isAddress() ? text() : value(payload);
  }

  private Constant all(List<Type> types) {
    return new Constant.Aggregate(types.stream().map(this::value).toList());
  }

  private Constant text() {
    byte[] bytes = new byte[random.nextInt(5)];
    random.nextBytes(bytes);
    return new Constant.Text(bytes);
  }
}
