package sx.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sx.driver.LibraryPath;

/** The scripts beside {@code sx} find a JDK 25 whatever the default Java is. */
class JdkTest {
  private static final Path HOME =
      Path.of(System.getProperty(LibraryPath.HOME_PROPERTY, "..")).toAbsolutePath().normalize();

  @TempDir Path directory;

  /** Runs a script where JAVA_HOME names an old JDK, and a Java of that version is in the path. */
  private String run(String script) throws IOException, InterruptedException {
    Path old = Files.createDirectories(directory.resolve("old/bin"));
    for (String tool : List.of("java", "javac")) {
      Path file = old.resolve(tool);
      Files.writeString(file, "#!/bin/sh\necho 'openjdk version \"17.0.1\"' >&2\n");
      assertTrue(file.toFile().setExecutable(true));
    }
    Files.writeString(directory.resolve("old/release"), "JAVA_VERSION=\"17.0.1\"\n");
    ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", script).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", directory.resolve("old").toString());
    builder.environment().put("PATH", old + ":/usr/bin:/bin");
    builder.environment().put("REAL", System.getProperty("java.home"));
    builder.environment().put("JDK_SH", HOME.resolve("harness/jdk.sh").toString());
    Process process = builder.start();
    process.getOutputStream().close();
    byte[] said = process.getInputStream().readAllBytes();
    process.waitFor();
    return new String(said, StandardCharsets.UTF_8).strip();
  }

  @Test
  void takesTheNewOneAmongMany() throws Exception {
    assertEquals(
        System.getProperty("java.home"),
        run(". \"$JDK_SH\"; find_jdk \"$JAVA_HOME\" \"$REAL\"; echo \"$jdk\""));
  }

  @Test
  void saysSoWhereThereIsNone() throws Exception {
    assertEquals("none", run(". \"$JDK_SH\"; find_jdk \"$JAVA_HOME\" /nowhere || echo none"));
  }
}
