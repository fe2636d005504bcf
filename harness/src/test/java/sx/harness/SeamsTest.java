package sx.harness;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;
import sx.driver.Compilation;
import sx.driver.Seams;
import sx.harness.fault.Catalogue;

/** Seeded faults cannot be reached from the command line of the compiler. */
class SeamsTest {
  @Test
  void onlyTheJavaApiKnowsSeams() {
    noClasses()
        .that()
        .resideInAPackage("sx.driver")
        .and()
        .doNotBelongToAnyOf(Compilation.class, Seams.class)
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(Seams.class)
        .check(new ClassFileImporter().importPackages("sx.driver"));
  }

  @Test
  void thereAreKindsEnough() {
    assertTrue(Catalogue.all().size() >= 25);
    assertTrue(
        Catalogue.all().stream().map(fault -> fault.name()).distinct().count()
            == Catalogue.all().size());
  }
}
