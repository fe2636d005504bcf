package sx.llvm;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import sx.ir.Data;
import sx.ir.Function;
import sx.ir.Global;

/**
 * The names of functions and objects in the module, and what of them is still to be emitted. Naming
 * something makes it reached.
 */
final class Symbols {
  /** Keeps the names of sx functions apart from C symbols, {@code main} among them. */
  private static final String PREFIX = "sx.";

  private static final String DATA_PREFIX = "sxdata.";

  private final Map<Data.Symbol, String> names = new HashMap<>();
  private final Deque<Function> functions = new ArrayDeque<>();
  private final Deque<Global> globals = new ArrayDeque<>();
  private final Map<String, Data.Symbol> externs = new LinkedHashMap<>();
  private final Set<String> defined = new HashSet<>();

  /** The LLVM name of a function, which is reached now if it was not. */
  String of(Function function) {
    String known = names.get(function);
    if (known != null) {
      return known;
    }
    String symbol = function.externSymbol().or(function::exportSymbol).orElse("");
    String name = quote(symbol.isEmpty() ? PREFIX + function.name() : symbol);
    names.put(function, name);
    if (function.isExtern()) {
      externs.putIfAbsent(symbol, function);
    } else {
      if (!symbol.isEmpty()) {
        defined.add(symbol);
      }
      functions.add(function);
    }
    return name;
  }

  String of(Global global) {
    String known = names.get(global);
    if (known != null) {
      return known;
    }
    Optional<String> symbol = global.externSymbol();
    String name = quote(symbol.orElse(DATA_PREFIX + global.name()));
    names.put(global, name);
    if (symbol.isPresent()) {
      externs.putIfAbsent(symbol.get(), global);
    } else {
      globals.add(global);
    }
    return name;
  }

  String of(Data.Symbol symbol) {
    return switch (symbol) {
      case Function f -> of(f);
      case Global g -> of(g);
    };
  }

  /** Notes a C symbol that the module defines itself. */
  void define(String symbol) {
    defined.add(symbol);
  }

  Optional<Function> nextFunction() {
    return Optional.ofNullable(functions.poll());
  }

  Optional<Global> nextGlobal() {
    return Optional.ofNullable(globals.poll());
  }

  /** C symbols used and not defined here, with the first that named them. */
  Map<String, Data.Symbol> undefined() {
    Map<String, Data.Symbol> all = new LinkedHashMap<>(externs);
    all.keySet().removeAll(defined);
    return all;
  }

  /** A global name as LLVM text: {@code @name}, quoted if need be. */
  static String quote(String name) {
    StringBuilder text = new StringBuilder(name.length() + 3).append("@\"");
    boolean plain = !name.isEmpty();
    for (byte b : name.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      plain &= isPlain(c) || (isDigit(c) && text.length() > 2);
      escape(text, c);
    }
    return plain ? "@" + name : text.append('"').toString();
  }

  private static boolean isPlain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '.' || c == '$';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** Appends a byte of a quoted LLVM string. */
  static void escape(StringBuilder text, int c) {
    if (c < 0x20 || c >= 0x7f || c == '"' || c == '\\') {
      text.append('\\')
          .append(Character.toUpperCase(Character.forDigit(c >> 4 & 15, 16)))
          .append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
    } else {
      text.append((char) c);
    }
  }
}
