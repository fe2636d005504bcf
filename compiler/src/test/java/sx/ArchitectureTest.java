package sx;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The package graph follows the table of docs/architecture.md. */
class ArchitectureTest {
  /** What each package may depend on besides itself. */
  private static final Map<String, List<String>> ALLOWED = new TreeMap<>();

  static {
    allow("source");
    allow("syntax", "source");
    allow("type", "source");
    allow("natives");
    allow("c", "source", "type", "natives");
    allow("module", "source", "syntax", "type", "c");
    allow("sema.tree", "source", "type");
    allow("sema", "source", "syntax", "type", "module", "sema.tree");
    allow("ir", "source", "type");
    allow("lower", "source", "syntax", "type", "module", "sema", "sema.tree", "ir");
    allow("comptime", "source", "type", "ir");
    allow("llvm", "source", "type", "ir", "natives");
    allow("jit", "source", "type", "ir", "llvm", "natives");
    allow("link", "source", "type", "natives");
    allow(
        "driver",
        "source",
        "syntax",
        "type",
        "natives",
        "c",
        "module",
        "sema",
        "sema.tree",
        "ir",
        "lower",
        "comptime",
        "llvm",
        "jit",
        "link");
  }

  private final JavaClasses compiler =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("sx");

  private static void allow(String name, String... others) {
    ALLOWED.put(name, Arrays.asList(others));
  }

  @TestFactory
  List<DynamicTest> packagesDependOnlyOnThoseAboveThem() {
    return ALLOWED.entrySet().stream()
        .map(entry -> DynamicTest.dynamicTest("sx." + entry.getKey(), () -> check(entry.getKey())))
        .toList();
  }

  @TestFactory
  List<DynamicTest> everyPackageIsInTheTable() {
    return compiler.stream()
        .map(type -> type.getPackageName())
        .filter(name -> name.startsWith("sx."))
        .distinct()
        .map(
            name ->
                DynamicTest.dynamicTest(
                    name,
                    () -> Assertions.assertTrue(ALLOWED.containsKey(name.substring(3)), name)))
        .toList();
  }

  private void check(String name) {
    List<String> forbidden =
        ALLOWED.keySet().stream()
            .filter(
                other ->
                    !other.equals(name) && !ALLOWED.getOrDefault(name, List.of()).contains(other))
            .map(other -> "sx." + other)
            .toList();
    if (!forbidden.isEmpty()) {
      classes()
          .that()
          .resideInAPackage("sx." + name)
          .should()
          .onlyDependOnClassesThat()
          .resideOutsideOfPackages(forbidden.toArray(String[]::new))
          .allowEmptyShould(true)
          .check(compiler);
    }
  }
}
