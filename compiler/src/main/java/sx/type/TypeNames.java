package sx.type;

import java.util.ArrayList;
import java.util.List;

/** The text that {@code type_name} and {@code {}} give for a type (types.name). */
public final class TypeNames {
  private final TypeTable table;

  public TypeNames(TypeTable table) {
    this.table = table;
  }

  public String of(Type type) {
    return switch (type) {
      case Type.Int i when i.pointerSized() -> i.signed() ? "isize" : "usize";
      case Type.Int i -> (i.signed() ? "i" : "u") + i.bits();
      case Type.Float f -> "f" + f.bits();
      case Type.Bool b -> "bool";
      case Type.Void v -> "void";
      case Type.NoReturn n -> "noreturn";
      case Type.Str s -> "string";
      case Type.CString c -> "cstring";
      case Type.Any a -> "any";
      case Type.Meta m -> "Type";
      case Type.Erroneous e -> "<error>";
      case Type.Pointer p -> "*" + of(p.target());
      case Type.ManyPointer p -> "[*]" + of(p.element());
      case Type.Slice s -> "[]" + of(s.element());
      case Type.Array a -> "[" + a.length() + "]" + of(a.element());
      case Type.Vector v -> "Vector(" + v.lanes() + "," + of(v.element()) + ")";
      case Type.Optional o -> "?" + of(o.payload());
      case Type.Function f -> list(f.params()) + arrow(f.result());
      case Type.Closure c -> "Closure" + list(c.params()) + arrow(c.result());
      case Type.Tuple t when t.elements().size() == 1 -> "(" + of(t.elements().getFirst()) + ",)";
      case Type.Tuple t -> list(t.elements());
      case Type.Struct s -> table.nominalName(s.id());
      case Type.Enum e -> table.nominalName(e.id());
      case Type.Union u -> table.nominalName(u.id());
      case Type.ErrorSet e -> table.nominalName(e.id());
      case Type.Protocol p -> table.nominalName(p.id());
    };
  }

  private String arrow(Type result) {
    return result.equals(Types.VOID) ? "" : " -> " + of(result);
  }

  private String list(List<Type> types) {
    List<String> names = new ArrayList<>();
    for (Type t : types) {
      names.add(of(t));
    }
    return "(" + String.join(", ", names) + ")";
  }
}
