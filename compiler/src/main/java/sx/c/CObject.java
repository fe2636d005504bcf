package sx.c;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import sx.natives.LlvmFiles;

/**
 * A C source as an object file.
 *
 * @param bytes the object file, made for shared libraries as well as for programs
 * @param files the source and all that it includes
 */
public record CObject(byte[] bytes, Set<Path> files) {
  /**
   * Compiles a source of a unit.
   *
   * @param level what follows {@code -O}
   * @param debug whether debug information is made
   * @throws CRejected with the C compiler's messages
   */
  public static CObject compile(Path source, CUnit unit, CTarget target, int level, boolean debug)
      throws CRejected {
    try {
      Path directory = Files.createTempDirectory("sx-c-");
      Path object = directory.resolve("object.o");
      Path list = directory.resolve("object.d");
      try {
        List<String> words = new ArrayList<>(List.of(compiler().toString()));
        words.addAll(List.of("-resource-dir", LlvmFiles.clangResources().toString()));
        words.addAll(target.arguments());
        words.addAll(List.of("-c", "-fPIC", "-O" + level, "-fno-color-diagnostics"));
        if (debug) {
          words.add("-g");
        }
        words.addAll(unit.arguments());
        words.addAll(List.of("-MD", "-MF", list.toString(), "-o", object.toString()));
        words.add(source.toString());
        run(words, directory);
        return new CObject(Files.readAllBytes(object), files(Files.readString(list)));
      } finally {
        Files.deleteIfExists(object);
        Files.deleteIfExists(list);
        Files.deleteIfExists(directory);
      }
    } catch (IOException e) {
      throw new CRejected("the C compiler cannot be run: " + e.getMessage());
    }
  }

  /** The compiler that comes with LLVM. */
  private static Path compiler() throws IOException {
    return LlvmFiles.program("clang", List.of("libLLVM.so", "libclang-cpp.so"));
  }

  /** What it keeps for itself meanwhile goes where the object goes. */
  private static void run(List<String> words, Path directory) throws IOException, CRejected {
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().put("TMPDIR", directory.toString());
    Process process = builder.start();
    try {
      process.getOutputStream().close();
      String said =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      int status = process.waitFor();
      if (status != 0) {
        throw new CRejected(said.isEmpty() ? "the C compiler exited with " + status : said);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new CRejected("interrupted");
    }
  }

  /** The files that a make rule names behind its colon. */
  private static Set<Path> files(String rule) {
    Set<Path> files = new LinkedHashSet<>();
    StringBuilder word = new StringBuilder();
    String text = rule.substring(rule.indexOf(':') + 1) + " ";
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        char escaped = text.charAt(++i);
        word.append(escaped == '\n' ? "" : String.valueOf(escaped));
      } else if (c == '$' && i + 1 < text.length() && text.charAt(i + 1) == '$') {
        word.append('$');
        i++;
      } else if (Character.isWhitespace(c)) {
        if (!word.isEmpty()) {
          files.add(Path.of(word.toString()));
          word.setLength(0);
        }
      } else {
        word.append(c);
      }
    }
    return files;
  }

  /** The symbols that it defines for other objects, weak ones left out. */
  public Set<String> defined() {
    return new ElfSymbols(bytes).defined();
  }

  /** The symbols that others must define for it. */
  public Set<String> undefined() {
    return new ElfSymbols(bytes).undefined();
  }
}
