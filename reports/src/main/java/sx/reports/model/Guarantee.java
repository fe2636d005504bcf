package sx.reports.model;

/**
 * Something that a user of sx would like to rely on, and what speaks for it.
 *
 * @param claim what would hold, as a sentence
 * @param evidence what this run and the unit tests show of it; empty if nothing does
 * @param gap what they leave open; empty if nothing
 * @param page the page of the report that shows the evidence; empty if none
 */
public record Guarantee(
    String group, String claim, State state, String evidence, String gap, String page) {
  /** How far the evidence goes. */
  public enum State {
    COVERED("covered"),
    PARTLY("partly covered"),
    NOT_COVERED("not covered");

    private final String words;

    State(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }
  }

  /** The state that follows from evidence and gap. */
  static Guarantee of(String group, String claim, String evidence, String gap, String page) {
    State state =
        evidence.isEmpty() ? State.NOT_COVERED : gap.isEmpty() ? State.COVERED : State.PARTLY;
    return new Guarantee(group, claim, state, evidence, gap, page);
  }
}
