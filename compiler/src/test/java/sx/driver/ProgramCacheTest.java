package sx.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
    Path kept = store(cache(1 << 20), "program");

    assertEquals("program", Files.readString(kept));
    assertEquals(Optional.of(kept), cache(1 << 20).lookup(manifest, KEY));
    assertEquals(Optional.empty(), cache(1 << 20).lookup(manifest, "sx-run 1\nfile b.sx\n"));
  }

  @Test
  void isStaleAfterAnyChange() throws IOException {
    Path kept = store(cache(1 << 20), "program");

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

  /** Whatever its time of modification: a file may be replaced by an older one. */
  @Test
  void describesWhatWasCompiledAndNotWhatIsThereNow() throws IOException {
    store(cache(1 << 20), "program");
    Files.writeString(source, "main :: () { }");
    assertFalse(cache(1 << 20).lookup(manifest, KEY).isPresent());

    store(cache(1 << 20), "program", "main :: () {}");

    assertFalse(cache(1 << 20).lookup(manifest, KEY).isPresent(), "source changed meanwhile");
  }

  @Test
  void isStaleWhenALinkLeadsElsewhereOrADirectoryHasMoreFiles() throws IOException {
    Path link = Files.createSymbolicLink(directory.resolve("link"), source);
    Inputs inputs = new Inputs(List.of(), List.of(), Map.of(link, source), Map.of(directory, 1));
    Path program = Files.writeString(cache(1 << 20).workDirectory().resolve("program"), "x");
    cache(1 << 20).store(manifest, KEY, program, inputs);
    assertTrue(cache(1 << 20).lookup(manifest, KEY).isPresent());

    Path other = Files.createFile(directory.resolve("b.sx"));
    assertFalse(cache(1 << 20).lookup(manifest, KEY).isPresent(), "another file");
    Files.delete(link);
    Files.createSymbolicLink(link, Files.move(other, directory.resolve("b")));
    assertFalse(cache(1 << 20).lookup(manifest, KEY).isPresent(), "another target");
    Files.delete(link);
    Files.createSymbolicLink(link, source);
    assertTrue(cache(1 << 20).lookup(manifest, KEY).isPresent());
  }

  @Test
  void dropsWhatWasNotUsedForLongest() throws IOException {
    Path old = store(cache(1 << 20), "old program");
    age(old.resolveSibling(old.getFileName() + ".used"), Duration.ofHours(2));
    manifest = directory.resolve("cache/run/b.sx");

    Path fresh = store(cache(12), "new program");

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

  private Path store(ProgramCache cache, String content) throws IOException {
    return store(cache, content, Files.readString(source));
  }

  private Path store(ProgramCache cache, String content, String compiled) throws IOException {
    Path program = Files.writeString(cache.workDirectory().resolve("program"), content);
    Inputs inputs =
        new Inputs(
            List.of(new Inputs.Source(source, compiled.getBytes(StandardCharsets.UTF_8))),
            List.of(shadow),
            Map.of(),
            Map.of());
    return cache.store(manifest, KEY, program, inputs);
  }

  private ProgramCache cache(long limit) {
    return new ProgramCache(directory.resolve("cache"), limit);
  }

  private static void age(Path path, Duration age) throws IOException {
    Files.setLastModifiedTime(path, FileTime.from(Instant.now().minus(age)));
  }
}
