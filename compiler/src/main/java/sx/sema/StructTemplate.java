package sx.sema;

import java.util.List;
import sx.syntax.Ast;

/** A generic struct as declared; {@code scope} is where its names resolve (gen.struct.1). */
final class StructTemplate {
  final Ast.Name name;
  final Ast.StructType ast;
  final Scope scope;

  StructTemplate(Ast.Name name, Ast.StructType ast, Scope scope) {
    this.name = name;
    this.ast = ast;
    this.scope = scope;
  }

  List<Ast.TypeParam> params() {
    return ast.params();
  }
}
