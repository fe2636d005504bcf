package sx.sema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sx.syntax.Ast;
import sx.type.Type;

/** What the source says of a struct beyond its layout: defaults, methods and constants. */
final class StructInfo {
  final String name;
  final Type.Struct type;
  final Scope scope;

  /** The parameters of the generic struct that it is an instance of. */
  final java.util.Set<String> header = new java.util.LinkedHashSet<>();

  /** One for each field of the type, in layout order. */
  final List<FieldDefault> defaults = new ArrayList<>();

  /** Functions and constants of the body by name; accessors are kept apart. */
  final Map<String, Entity> members = new LinkedHashMap<>();

  final Map<String, Entity.FunctionDecl> getters = new LinkedHashMap<>();
  final Map<String, Entity.FunctionDecl> setters = new LinkedHashMap<>();
  final Map<String, Ast.StructConst> constants = new LinkedHashMap<>();

  /** Where the names of a default resolve: the struct that declares the field. */
  record FieldDefault(Optional<Ast.Expr> value, Scope scope) {}

  StructInfo(String name, Type.Struct type, Scope scope) {
    this.name = name;
    this.type = type;
    this.scope = scope;
  }
}
