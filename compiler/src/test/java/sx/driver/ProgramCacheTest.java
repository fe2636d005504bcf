package sx.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramCacheTest {
  private static final String KEY = "sx-run 1\nfile a.sx\n";

  @TempDir private Path directory;
  private Path source = Path.of("");
  private Path shadow = Path.of("");
  private Path manifest = Path.of("");

  @BeforeEach
  void writeSource() throws IOException {
    source = Files.writeString(directory.resolve("a.sx"), "main :: () {}");
    age(source, Duration.ofMinutes(5));
    shadow = directory.resolve("std.sx");
    manifest = directory.resolve("cache/run/a.sx");
  }

  @Test
  void givesBackWhatWasStored() throws IOException {
    Path kept = store(cache(1 << 20), "program", Instant.now());

    assertEquals("program", Files.readString(kept));
    assertEquals(Optional.of(kept), cache(1 << 20).lookup(manifest, KEY));
    assertEquals(Optional.empty(), cache(1 << 20).lookup(manifest, "sx-run 1\nfile b.sx\n"));
  }

  @Test
  void isStaleAfterAnyChange() throws IOException {
    Path kept = store(cache(1 << 20), "program", Instant.now());

    Files.writeString(source, "main :: () { }");
    assertFalse(cache(1 << 20).lookup(manifest, KEY).isPresent(), "source changed");
    Files.writeString(source, "main :: () {}");
    assertTrue(cache(1 << 20).lookup(manifest, KEY).isPresent(), "source as before");
    Files.createFile(shadow);
    assertFalse(cache(1 << 20).lookup(manifest, KEY).isPresent(), "import shadowed");
    Files.delete(shadow);
    Files.writeString(kept, "half");
    assertFalse(cache(1 << 20).lookup(manifest, KEY).isPresent(), "program damaged");
    Files.delete(kept);
    assertFalse(cache(1 << 20).lookup(manifest, KEY).isPresent(), "program gone");
  }

  @Test
  void keepsNothingThatChangedDuringTheCompile() throws IOException {
    Instant begin = Instant.now();
    Files.setLastModifiedTime(source, FileTime.from(begin.plusSeconds(1)));

    Path program = store(cache(1 << 20), "program", begin);

    assertTrue(Files.exists(program));
    assertFalse(Files.exists(manifest));
  }

  @Test
  void dropsWhatWasNotUsedForLongest() throws IOException {
    Path old = store(cache(1 << 20), "old program", Instant.now());
    age(old.resolveSibling(old.getFileName() + ".used"), Duration.ofHours(2));
    manifest = directory.resolve("cache/run/b.sx");

    Path fresh = store(cache(12), "new program", Instant.now());

    assertFalse(Files.exists(old));
    assertTrue(Files.exists(fresh));
    assertFalse(Files.exists(directory.resolve("cache/run/a.sx")), "manifest without program");
    assertTrue(Files.exists(manifest));
  }

  @Test
  void removesWhatKilledCompilesLeftBehind() throws IOException {
    Path work = cache(1 << 20).workDirectory();
    Files.writeString(work.resolve("program"), "half");
    age(work, Duration.ofHours(2));

    cache(1 << 20).sweep();

    assertFalse(Files.exists(work));
  }

  private Path store(ProgramCache cache, String content, Instant begin) throws IOException {
    Path program = Files.writeString(cache.workDirectory().resolve("program"), content);
    return cache.store(manifest, KEY, program, List.of(source), List.of(shadow), begin);
  }

  private ProgramCache cache(long limit) {
    return new ProgramCache(directory.resolve("cache"), limit);
  }

  private static void age(Path path, Duration age) throws IOException {
    Files.setLastModifiedTime(path, FileTime.from(Instant.now().minus(age)));
  }
}
