package sx.harness.fault;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sx.sema.tree.Constant;
import sx.sema.tree.Tree;

/**
 * Rebuilds typed trees from the leaves up. It goes by the components of the records, so that nodes
 * of later days need nothing here.
 */
@SuppressWarnings("ReferenceEquality") // What was not changed is the same object.
record TreeRewriter(TreeFault fault) {
  Tree.Block rewrite(Tree.Block body) {
    return rebuilt(body) instanceof Tree.Block block ? block : body;
  }

  private Object rebuilt(Object old) {
    return switch (old) {
      case List<?> list -> list(list);
      case Optional<?> maybe -> maybe.isEmpty() ? maybe : optional(maybe);
      case Constant constant -> constant;
      case Tree tree -> fault.replace((Tree) parts((Record) tree));
      case Record part when part.getClass().getName().startsWith("sx.sema.tree.") -> parts(part);
      default -> old;
    };
  }

  private Object list(List<?> list) {
    List<Object> made = new ArrayList<>();
    boolean same = true;
    for (Object element : list) {
      Object next = rebuilt(element);
      same &= next == element;
      made.add(next);
    }
    return same ? list : List.copyOf(made);
  }

  private Object optional(Optional<?> maybe) {
    Object old = maybe.get();
    Object next = rebuilt(old);
    return next == old ? maybe : Optional.of(next);
  }

  private Object parts(Record record) {
    RecordComponent[] components = record.getClass().getRecordComponents();
    Object[] values = new Object[components.length];
    Class<?>[] types = new Class<?>[components.length];
    boolean same = true;
    try {
      for (int i = 0; i < components.length; i++) {
        Object old = components[i].getAccessor().invoke(record);
        values[i] = rebuilt(old);
        types[i] = components[i].getType();
        same &= values[i] == old;
      }
      if (same) {
        return record;
      }
      Constructor<?> constructor = record.getClass().getDeclaredConstructor(types);
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      // The fault put in something that does not fit here: the node stays as it was.
      return record;
    }
  }
}
