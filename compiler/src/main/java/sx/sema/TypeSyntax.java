package sx.sema;

import sx.sema.tree.Constant;
import sx.syntax.Ast;

/** Tells whether an argument denotes a type, without checking it (gen.call.1, gen.call.3). */
final class TypeSyntax {
  private final Checker c;

  TypeSyntax(Checker c) {
    this.c = c;
  }

  /** The same; a name that is not known at all may be meant for a type too. */
  boolean mayDenoteType(Ast.Expr e) {
    return denotesType(e)
        || (e instanceof Ast.NameExpr n && c.names.find(n.name(), Names.Use.VALUE) == null)
        || (e instanceof Ast.Call k
            && k.callee() instanceof Ast.NameExpr n
            && c.names.find(n.name(), Names.Use.VALUE) == null
            && c.names.find(n.name(), Names.Use.CALL) == null);
  }

  boolean denotesType(Ast.Expr e) {
    return switch (e) {
      case Ast.VoidType t -> true;
      case Ast.SliceType t -> true;
      case Ast.ManyPointerType t -> true;
      case Ast.OptionalType t -> true;
      case Ast.ArrayType t -> true;
      case Ast.SentinelType t -> true;
      case Ast.FunctionType t -> true;
      case Ast.TupleType t -> true;
      case Ast.ClosureType t -> true;
      case Ast.StructType t -> true;
      case Ast.EnumType t -> true;
      case Ast.UnionType t -> true;
      case Ast.PackIndex t -> true;
      case Ast.TypeIntro t -> true;
      case Ast.ResultList t -> true;
      case Ast.ParenTuple t -> t.entries().stream().allMatch(x -> denotesType(x.value()));
      case Ast.PackRef p -> c.scope.find(p.name().text()) instanceof Entity.TypeName;
      case Ast.Group g -> denotesType(g.inner());
      case Ast.Unary u when u.op() == Ast.UnaryOp.ADDRESS -> denotesType(u.operand());
      case Ast.NameExpr n -> isType(c.names.find(n.name(), Names.Use.VALUE));
      case Ast.Member m -> memberType(m);
      case Ast.Call k -> callGivesType(k);
      default -> false;
    };
  }

  private boolean memberType(Ast.Member m) {
    Ast.Expr base = m;
    while (base instanceof Ast.Member b) {
      base = b.base();
    }
    return base instanceof Ast.NameExpr n
        && c.names.find(n.name(), Names.Use.VALUE) instanceof Entity.Space
        && isType(c.names.path(m, Names.Use.VALUE));
  }

  private static boolean isType(@org.jspecify.annotations.Nullable Entity e) {
    return switch (e) {
      case Entity.TypeName t -> true;
      case Entity.Template t -> t.current().isPresent();
      case Entity.Const k -> k.value() instanceof Constant.TypeValue;
      case Entity.Variable v -> false;
      case null, default -> false;
    };
  }

  private boolean callGivesType(Ast.Call k) {
    if (c.types.isVector(k)) {
      return true;
    }
    if (k.callee() instanceof Ast.NameExpr n && !n.name().raw()) {
      switch (n.name().text()) {
        case "Array", "Vector" -> {
          return true;
        }
        default -> {}
      }
    }
    Entity e =
        k.callee() instanceof Ast.NameExpr n
            ? c.names.find(n.name(), Names.Use.CALL)
            : k.callee() instanceof Ast.Member m && memberIsPath(m)
                ? c.names.path(k.callee(), Names.Use.CALL)
                : null;
    return switch (e) {
      case Entity.Template t -> true;
      case Entity.Fn f -> Generics.isType(f.decl().ast.returnType());
      case Entity.Intrinsic i -> Intrinsics.givesType(i.name());
      case null, default -> false;
    };
  }

  private boolean memberIsPath(Ast.Member m) {
    Ast.Expr base = m;
    while (base instanceof Ast.Member b) {
      base = b.base();
    }
    return base instanceof Ast.NameExpr n
        && c.names.find(n.name(), Names.Use.VALUE) instanceof Entity.Space;
  }
}
