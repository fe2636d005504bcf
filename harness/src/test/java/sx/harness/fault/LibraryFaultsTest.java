package sx.harness.fault;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import sx.driver.LibraryPath;

/** The faults of the library fit its sources as they are. */
class LibraryFaultsTest {
  @Test
  void everyPieceStandsInItsFileOnce() throws IOException {
    Path modules = LibraryPath.find().getFirst().resolve("modules");
    for (SeededFault fault : LibraryFaults.ALL) {
      Mutation.Library library = (Mutation.Library) fault.mutation();
      Path file = modules.resolve(library.file());
      byte[] before = Files.readAllBytes(file);
      byte[] after = assertDoesNotThrow(() -> library.change(before), fault.name());
      assertFalse(Arrays.equals(before, after), fault.name());
      assertTrue(library.concerns(file), fault.name());
    }
  }
}
