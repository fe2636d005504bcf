package sx.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Properties;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked for in a way that makes no sense. */
class CommandLineTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "run --engines nothing",
        "run --shard 5",
        "run --repeat often",
        "run --approve x --area 04",
        "cadence nowhere..HEAD",
        "walk"
      })
  void isRefused(String words) {
    assertEquals(2, Main.run(words.split(" ", -1)));
  }

  @ParameterizedTest
  @CsvSource({"seed, x, 'sx.seed is a number, not ''x'''", "shard, a/b, sx.shard is like 1/4"})
  void isRefusedInOneSentence(String name, String value, String sentence) {
    Properties properties = new Properties();
    properties.setProperty("sx." + name, value);
    IllegalArgumentException refused =
        Assertions.assertThrows(IllegalArgumentException.class, () -> Settings.of(properties));
    assertEquals(sentence, refused.getMessage());
  }
}
