package sx.syntax;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import sx.source.SourceFile;
import sx.source.Span;

/** Compares trees by what was written, wherever it stands: spans and files do not count. */
final class AstEquality {
  private AstEquality() {}

  /** Where two trees first differ, as a path of components, or empty if they are equal. */
  static Optional<String> difference(Object a, Object b) {
    if ((a instanceof Span && b instanceof Span) || a instanceof SourceFile) {
      return Optional.empty();
    }
    if (a instanceof Record && a.getClass() == b.getClass()) {
      return records(a, b);
    }
    if (a instanceof List<?> left && b instanceof List<?> right) {
      return lists(left, right);
    }
    if (a instanceof Optional<?> left && b instanceof Optional<?> right) {
      return left.isPresent() && right.isPresent()
          ? difference(left.get(), right.get())
          : different(left.isPresent() == right.isPresent(), a, b);
    }
    if (a instanceof FunctionBody left && b instanceof FunctionBody right) {
      return difference(left.get(), right.get());
    }
    if (a instanceof byte[] left && b instanceof byte[] right) {
      return different(Arrays.equals(left, right), "bytes", "bytes");
    }
    return different(a.equals(b), a, b);
  }

  private static Optional<String> different(boolean same, Object a, Object b) {
    return same ? Optional.empty() : Optional.of(": " + a + " / " + b);
  }

  private static Optional<String> lists(List<?> a, List<?> b) {
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      Optional<String> found = difference(a.get(i), b.get(i));
      if (found.isPresent()) {
        return Optional.of("[" + i + "]" + found.get());
      }
    }
    return different(a.size() == b.size(), a.size() + " elements", b.size() + " elements");
  }

  private static Optional<String> records(Object a, Object b) {
    try {
      for (RecordComponent c : a.getClass().getRecordComponents()) {
        c.getAccessor().setAccessible(true);
        Optional<String> found = difference(c.getAccessor().invoke(a), c.getAccessor().invoke(b));
        if (found.isPresent()) {
          return Optional.of("." + c.getName() + found.get());
        }
      }
      return Optional.empty();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("a record without its accessors", e);
    }
  }
}
