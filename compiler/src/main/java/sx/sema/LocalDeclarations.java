package sx.sema;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sx.sema.tree.Constant;
import sx.sema.tree.GlobalVar;
import sx.sema.tree.Local;
import sx.sema.tree.Tree;
import sx.syntax.Ast;
import sx.type.Type;

/** Variables and constants that a body declares (03-declarations.md, 05-statements.md). */
final class LocalDeclarations {
  private final Checker c;

  LocalDeclarations(Checker c) {
    this.c = c;
  }

  void variable(Ast.VarDecl v, List<Tree.Stmt> out) {
    Type type = v.type().map(c.types::resolve).orElse(null);
    Tree.Expr init;
    if (v.init().isEmpty()) {
      init =
          type == null || type.isError()
              ? c.bad(v.span())
              : c.literals.defaultValue(type, v.span());
    } else if (type == null) {
      init =
          v.name().text().equals("_")
              ? c.failables.discarded(v.init().get())
              : c.expressions.any(v.init().get());
      if (init.type() instanceof Type.Void && !Expressions.isVoidValue(init)) {
        init = c.bad(v.init().get().span(), "this has no value that a variable could have");
      }
    } else if (type.isError()) {
      c.expressions.check(v.init().get(), type);
      init = c.bad(v.span());
    } else {
      init = c.initialiser(v.init().get(), type);
    }
    Type declared = type != null && !type.isError() ? type : init.type();
    Local local = new Local(v.name().text(), declared, v.name().span());
    if (init instanceof Tree.Undefined && declared instanceof Type.Tuple) {
      init = c.literals.defaultValue(declared, v.span());
    }
    boolean undefined = init instanceof Tree.Undefined;
    out.add(new Tree.Declare(v.span(), local, undefined ? Optional.empty() : Optional.of(init)));
    declare(
        v.name(),
        declared.isError()
            ? Entity.BAD
            : new Entity.Variable(local, Entity.Binding.VARIABLE, c.function));
  }

  void declare(Ast.Name name, Entity e) {
    c.scope.declare(name.text(), e);
  }

  void constant(Ast.ConstDecl k, List<Tree.Stmt> out) {
    if (k.value() instanceof Ast.ProtocolType
        || k.value() instanceof Ast.LibraryExpr
        || k.value() instanceof Ast.ImportExpr) {
      // Reported with the structure of the file: none of them stands in a body (decl.item.6).
      declare(k.name(), Entity.BAD);
      return;
    }
    String name = k.name().text();
    boolean isDeclaration =
        (k.value() instanceof Ast.Function f && !f.isLambda())
            || k.value() instanceof Ast.StructType
            || k.value() instanceof Ast.EnumType
            || k.value() instanceof Ast.UnionType
            || k.value() instanceof Ast.ErrorSetType
            || k.value() instanceof Ast.UfcsAlias;
    if (isDeclaration) {
      // The declaration sees itself, so that a function may recurse and a type refer to itself.
      Scope at = c.scope;
      Entity made = c.analysis.declarations.constant(k, at, e -> at.declare(name, e));
      if (!(made instanceof Entity.Unsupported)) {
        at.declare(name, made);
        if (made instanceof Entity.TypeName) {
          c.analysis.structs.checkContainment();
        }
      } else {
        at.declare(name, made);
      }
      return;
    }
    if (k.value() instanceof Ast.ImportExpr || k.value() instanceof Ast.CImport) {
      declare(k.name(), Entity.BAD); // was reported when the structure was checked (mod.import.6)
      return;
    }
    if (k.type().isEmpty() && Constructions.constructs(k.value(), c)) {
      Entity made = c.analysis.constructions.local(k, c.scope);
      if (made != null) {
        declare(k.name(), made);
        c.analysis.structs.checkContainment();
        return;
      }
    }
    if (k.type().isEmpty()) {
      Entity alias = isLocalName(k.value()) ? null : c.names.alias(k.value());
      if (alias != null) {
        declare(k.name(), alias);
        return;
      }
    }
    valueConstant(k, out);
  }

  private boolean isLocalName(Ast.Expr e) {
    return e instanceof Ast.NameExpr n
        && (c.scope.find(n.name().text()) instanceof Entity.Variable
            || c.names.find(n.name(), Names.Use.VALUE) instanceof Entity.Global);
  }

  private void valueConstant(Ast.ConstDecl k, List<Tree.Stmt> out) {
    Type type = k.type().map(c.types::resolve).orElse(null);
    Tree.Expr init =
        c.folding(
            Checker.Constants.CONSTANT,
            () ->
                type == null || type.isError()
                    ? c.expressions.any(k.value())
                    : c.constant(k.value(), type));
    if (init.type() instanceof Type.Void && !(init instanceof Tree.Const)) {
      init = c.bad(k.value().span(), "this has no value that a constant could have");
    }
    if (init.type().isError()) {
      declare(k.name(), Entity.BAD);
      return;
    }
    if (init instanceof Tree.Const v) {
      declare(
          k.name(),
          v.value() instanceof Constant.TypeValue t
              ? new Entity.TypeName(t.type())
              : new Entity.Const(
                  k.name().text(), v.type(), v.value(), Optional.empty(), Optional.of(c.function)));
      return;
    }
    Constant parts = isLiteral(k.value()) ? Folding.constant(init).orElse(null) : null;
    if (parts != null) {
      GlobalVar storage =
          new GlobalVar(k.name().text(), init.type(), false, k.name().span(), Optional.empty());
      storage.initial(parts);
      declare(
          k.name(),
          new Entity.Const(
              k.name().text(), init.type(), parts, Optional.of(storage), Optional.of(c.function)));
      return;
    }
    Local local = new Local(k.name().text(), init.type(), k.name().span());
    out.add(new Tree.Declare(k.span(), local, Optional.of(init)));
    declare(k.name(), new Entity.Variable(local, Entity.Binding.CONSTANT, c.function));
  }

  /**
   * Whether a constant is written as an aggregate, which is one object if all parts are constant.
   */
  private static boolean isLiteral(Ast.Expr e) {
    return e instanceof Ast.ArrayLit || (e instanceof Ast.AggregateLit l && l.init().isEmpty());
  }

  void destructure(Ast.Destructure d, List<Tree.Stmt> out) {
    Tree.Expr e = c.failables.operand(d.value(), null);
    Failables.Failing failing = e.type() instanceof Type.Tuple ? c.failables.failing(e) : null;
    List<Local> locals = new ArrayList<>();
    List<Type> parts = Tuples.elements(e.type(), c.analysis.types);
    boolean whole = e.type() instanceof Type.Tuple || e.type() instanceof Type.Struct;
    if (!whole) {
      if (!e.type().isError()) {
        c.error(d.value().span(), "`" + c.name(e.type()) + "` cannot be taken apart");
      }
      d.names().forEach(n -> declare(n, Entity.BAD));
      return;
    }
    Local held = new Local("whole", e.type(), d.span());
    out.add(new Tree.Declare(d.span(), held, Optional.of(e)));
    if (failing != null) {
      c.failables.absorb(failing, new Tree.LocalRef(d.span(), held), out);
    }
    if (d.names().size() > parts.size()) {
      c.error(
          d.names().get(parts.size()).span(), "there are only " + parts.size() + " values to take");
    }
    for (int i = 0; i < d.names().size(); i++) {
      Ast.Name n = d.names().get(i);
      if (i >= parts.size()) {
        declare(n, Entity.BAD);
        continue;
      }
      Local local = new Local(n.text(), parts.get(i), n.span());
      locals.add(local);
      Tree.Expr part = new Tree.Field(n.span(), parts.get(i), new Tree.LocalRef(n.span(), held), i);
      out.add(new Tree.Declare(n.span(), local, Optional.of(part)));
      declare(n, new Entity.Variable(local, Entity.Binding.VARIABLE, c.function));
    }
    if (failing != null) {
      c.failables.bound(d, failing, locals);
    }
  }
}
