package sx.c;

import java.util.List;

/**
 * A function that a header declares.
 *
 * @param variadic whether its parameters end in {@code ...}
 */
public record CFunction(String name, List<Param> params, CType result, boolean variadic) {
  /**
   * A parameter.
   *
   * @param name {@code p0}, {@code p1}, … where the header gives none (ffi.c.6)
   */
  public record Param(String name, CType type) {}
}
