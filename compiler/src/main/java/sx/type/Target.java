package sx.type;

import java.util.Locale;
import java.util.Optional;

/**
 * A machine and system that programs are built for (cli.tgt). Layout is the same on all of them.
 *
 * @param name the shorthand of cli.tgt
 * @param triple as LLVM and linkers write it
 * @param arch the variant of {@code ARCH}: {@code x86_64} or {@code aarch64}
 * @param musl whether the C library is musl
 */
public record Target(String name, String triple, String arch, boolean musl) {
  public static final Target LINUX_X86 = new Target("linux", "x86_64-linux-gnu", "x86_64", false);
  public static final Target LINUX_ARM =
      new Target("linux-arm", "aarch64-linux-gnu", "aarch64", false);
  public static final Target MUSL_X86 =
      new Target("linux-musl", "x86_64-linux-musl", "x86_64", true);
  public static final Target MUSL_ARM =
      new Target("linux-musl-arm", "aarch64-linux-musl", "aarch64", true);

  /** The target that this process runs on. */
  public static Target host() {
    return System.getProperty("os.arch").equals("aarch64") ? LINUX_ARM : LINUX_X86;
  }

  /** A shorthand or a triple, in any of its usual spellings; empty if it names no target. */
  public static Optional<Target> parse(String text) {
    String t = text.toLowerCase(Locale.ROOT);
    return switch (t) {
      case "linux",
          "linux-x86",
          "x86_64-linux",
          "x86_64-linux-gnu",
          "x86_64-unknown-linux-gnu",
          "x86_64-pc-linux-gnu" ->
          Optional.of(LINUX_X86);
      case "linux-arm", "aarch64-linux", "aarch64-linux-gnu", "aarch64-unknown-linux-gnu" ->
          Optional.of(LINUX_ARM);
      case "linux-musl", "x86_64-linux-musl", "x86_64-unknown-linux-musl" -> Optional.of(MUSL_X86);
      case "linux-musl-arm", "aarch64-linux-musl", "aarch64-unknown-linux-musl" ->
          Optional.of(MUSL_ARM);
      default -> Optional.empty();
    };
  }

  /** Whether a program for this target runs on the host as it is. */
  public boolean isHost() {
    return triple.equals(host().triple);
  }
}
