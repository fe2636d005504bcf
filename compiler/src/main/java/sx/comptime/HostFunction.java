package sx.comptime;

/** An extern function as evaluations call it. */
@FunctionalInterface
public interface HostFunction {
  /**
   * Calls it.
   *
   * @param args registers: numbers, addresses, float bits; an aggregate is given by its address
   * @return a register of the same kinds; an aggregate by an address that stays valid until the
   *     next call
   */
  long call(Evaluation evaluation, long[] args);
}
