package sx.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import sx.llvm.OptLevel;
import sx.source.Diagnostics;
import sx.source.SourceFile;
import sx.syntax.Ast;
import sx.syntax.Parser;
import sx.syntax.Printer;
import sx.type.Target;

/**
 * Every file of the library as a program of its own. A program that imports the library has only
 * what it uses checked, so that this is where an unused declaration with an error is found; bodies
 * of functions that nothing calls are parsed here, not checked. A deferred parse gives the same
 * tree.
 */
class LibraryTest {
  @TestFactory
  List<DynamicTest> filesAreWithoutErrors() throws IOException {
    Path library = Path.of("../library").toAbsolutePath().normalize();
    try (Stream<Path> files = Files.walk(library)) {
      List<DynamicTest> tests =
          files
              .filter(file -> file.toString().endsWith(".sx"))
              .sorted()
              .map(
                  file ->
                      DynamicTest.dynamicTest(
                          library.relativize(file).toString(), () -> check(library, file)))
              .toList();
      assertFalse(tests.isEmpty());
      return tests;
    }
  }

  private static void check(Path library, Path file) throws IOException {
    Diagnostics syntax = new Diagnostics();
    SourceFile source = new SourceFile(file.toString(), file.toString(), Files.readAllBytes(file));
    Optional<Ast.Module> eager = Parser.parse(source, syntax);
    assertEquals(List.of(), syntax.all());
    assertEquals(
        eager.map(Printer::print), Parser.parseDeferring(source, syntax).map(Printer::print));
    CompileOptions options =
        new CompileOptions(
            Target.host(), OptLevel.NONE, List.of(library), false, true, LinkOptions.DEFAULT);
    Compilation compilation = new Compilation(options);
    compilation.check(file);
    assertEquals(List.of(), compilation.diagnostics().all());
  }
}
