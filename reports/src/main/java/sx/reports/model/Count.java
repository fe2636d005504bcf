package sx.reports.model;

import java.util.Locale;

/** Numbers of things in words. */
public final class Count {
  private Count() {}

  /** {@code 1 case}, {@code 2,000 cases}. */
  public static String of(long number, String thing) {
    return String.format(Locale.ROOT, "%,d %s%s", number, thing, number == 1 ? "" : "s");
  }

  /** One word where it is about one thing, another for all other numbers. */
  public static String verb(long number, String one, String many) {
    return number == 1 ? one : many;
  }
}
