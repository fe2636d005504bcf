package sx.syntax;

import java.util.List;

/** Types, functions and the bodies of declarations as text. */
final class PrintedTypes {
  private final Output out;
  private final Printer statements;
  private final PrintedExpressions expressions;

  PrintedTypes(Output out, Printer statements, PrintedExpressions expressions) {
    this.out = out;
    this.statements = statements;
    this.expressions = expressions;
  }

  void type(Ast.Expr e) {
    switch (e) {
      case Ast.ArrayType t -> {
        prefixed("[", t.length());
        prefixed("]", t.element());
      }
      case Ast.SliceType t -> prefixed("[]", t.element());
      case Ast.ManyPointerType t -> prefixed("[*]", t.element());
      case Ast.SentinelType t -> prefixed("[:" + t.sentinel().text() + "]", t.element());
      case Ast.OptionalType t ->
          prefixed(t.payload() instanceof Ast.OptionalType ? "? " : "?", t.payload());
      case Ast.ErrorChannel c -> {
        out.add("!");
        c.set().ifPresent(out::add);
      }
      case Ast.TypeIntro t -> {
        out.add("$").add(t.name());
        constraints(t.constraints());
      }
      case Ast.VoidType t -> out.add("()");
      case Ast.FunctionType t -> {
        slots("(", t.params());
        prefixed(" -> ", t.result());
        t.abi().ifPresent(this::abi);
      }
      case Ast.ResultList t -> out.add("(").list(t.items(), ", ", this::resultItem).add(")");
      case Ast.TupleType t -> slots("Tuple(", t.slots());
      case Ast.ClosureType t -> {
        slots("Closure(", t.params());
        t.result().ifPresent(r -> prefixed(" -> ", r));
      }
      case Ast.Function f -> function(f);
      case Ast.StructType t -> struct(t);
      case Ast.EnumType t -> {
        out.add(t.flags() ? "enum flags " : "enum ");
        t.backing().ifPresent(b -> prefixed("", b));
        out.add(t.backing().isPresent() ? " " : "").braced(t.variants(), this::variant);
      }
      case Ast.UnionType t -> out.add("union ").braced(t.members(), this::unionMember);
      case Ast.ErrorSetType t -> {
        String space = t.tags().isEmpty() ? "" : " ";
        out.add("error {" + space).names(t.tags(), ", ").add(space + "}");
      }
      case Ast.ProtocolType t -> protocol(t);
      default -> declarationBody(e);
    }
  }

  private void declarationBody(Ast.Expr e) {
    switch (e) {
      case Ast.ImportExpr i -> out.add("#import ").add(i.path().text());
      case Ast.CImport i -> out.add("#import c ").braced(i.directives(), this::cDirective);
      case Ast.LibraryExpr l -> out.add("#library ").add(l.name().text());
      case Ast.UfcsAlias a -> out.add("ufcs ").add(a.target());
      case Ast.IntrinsicExpr i -> {
        i.expr().ifPresent(expressions::expr);
        out.add(i.expr().isPresent() ? " intrinsic" : "intrinsic");
      }
      default -> throw new IllegalStateException("no text for " + e.getClass());
    }
  }

  private void prefixed(String before, Ast.Expr e) {
    out.add(before);
    expressions.expr(e);
  }

  private void cDirective(Ast.CDirective d) {
    out.add("#").add(d.word()).add(" ").add(d.text().text()).add(";");
  }

  // ---------------------------------------------------------------------------- signatures

  private void slots(String open, List<Ast.TypeSlot> slots) {
    out.add(open).list(slots, ", ", this::slot).add(")");
  }

  private void slot(Ast.TypeSlot s) {
    if (s.name().isPresent() && s.type() instanceof Ast.Spread variadic) {
      out.add("..").add(s.name().get()).add(": ");
      expressions.expr(variadic.operand());
      return;
    }
    s.name().ifPresent(n -> out.add(n).add(": "));
    expressions.expr(s.type());
  }

  private void resultItem(Ast.ResultItem i) {
    i.name().ifPresent(n -> out.add(n).add(": "));
    expressions.expr(i.type());
    i.defaultValue().ifPresent(v -> prefixed(" = ", v));
  }

  private void constraints(List<Ast.Name> names) {
    names.forEach(n -> out.add("/").add(n));
  }

  private void abi(Ast.Name name) {
    out.add(" abi(.").add(name).add(")");
  }

  private void function(Ast.Function f) {
    out.add(f.isUfcs() ? "ufcs " : "");
    if (!f.bare()) {
      out.add("(").list(f.params(), ", ", this::param).add(")");
      f.returnType().ifPresent(r -> prefixed(" -> ", r));
      out.add(
          switch (f.accessor()) {
            case NONE -> "";
            case GET -> " #get";
            case SET -> " #set";
          });
      f.abi().ifPresent(this::abi);
      f.linkage().ifPresent(statements::linkage);
    }
    switch (f.form()) {
      case BLOCK -> f.body().ifPresent(b -> prefixed(f.bare() ? "" : " ", b));
      case ARROW -> f.body().ifPresent(b -> prefixed(" => ", b));
      case INTRINSIC -> out.add(" intrinsic");
      case EXTERN -> {}
    }
  }

  private void param(Ast.Param p) {
    out.add(p.variadic() ? ".." : "").add(p.compileTime() ? "$" : "").add(p.name());
    p.type().ifPresent(t -> prefixed(": ", t));
    constraints(p.constraints());
    p.defaultValue().ifPresent(v -> prefixed(" = ", v));
  }

  // ---------------------------------------------------------------------------- bodies

  private void struct(Ast.StructType t) {
    out.add("struct ");
    if (t.hasParams()) {
      out.add("(").list(t.params(), ", ", this::typeParam).add(") ");
    }
    out.braced(t.items(), this::structItem);
  }

  private void typeParam(Ast.TypeParam p) {
    out.add(p.variadic() ? "..$" : "$").add(p.name());
    prefixed(": ", p.type());
    constraints(p.constraints());
  }

  private void structItem(Ast.StructItem item) {
    switch (item) {
      case Ast.Using u -> out.add("#using ").add(u.target()).add(";");
      case Ast.Fields f -> {
        out.names(f.names(), ", ");
        prefixed(": ", f.type());
        f.defaultValue().ifPresent(v -> prefixed(" = ", v));
        out.add(";");
      }
      case Ast.StructConst c -> {
        out.add(c.name());
        c.type().ifPresent(t -> prefixed(" : ", t));
        prefixed(c.type().isPresent() ? " : " : " :: ", c.value());
        boolean method = c.value() instanceof Ast.Function && c.type().isEmpty();
        out.add(method && Printer.endsInBrace(c.value()) ? "" : ";");
      }
    }
  }

  private void variant(Ast.Variant v) {
    out.add(v.name());
    v.value().ifPresent(e -> prefixed(" :: ", e));
    v.payload().ifPresent(p -> prefixed(": ", p));
    out.add(";");
  }

  private void unionMember(Ast.UnionMember m) {
    m.name().ifPresent(n -> out.add(n).add(": "));
    expressions.expr(m.type());
    out.add(";");
  }

  private void protocol(Ast.ProtocolType t) {
    out.add("protocol");
    if (!t.params().isEmpty()) {
      out.add("(").list(t.params(), ", ", this::protocolParam).add(")");
    }
    t.directives().forEach(d -> out.add(" #").add(d));
    out.add(" ").braced(t.methods(), this::protocolMethod);
  }

  private void protocolParam(Ast.ProtocolParam p) {
    out.add(p.name());
    prefixed(": ", p.type());
  }

  private void protocolMethod(Ast.ProtocolMethod m) {
    out.add(m.name()).add(" :: (self: ").add(m.pointerSelf() ? "*Self" : "Self");
    for (Ast.ProtocolParam p : m.params()) {
      out.add(", ");
      protocolParam(p);
    }
    out.add(")");
    m.returnType().ifPresent(r -> prefixed(" -> ", r));
    m.body().ifPresentOrElse(b -> prefixed(" ", b), () -> out.add(";"));
  }
}
