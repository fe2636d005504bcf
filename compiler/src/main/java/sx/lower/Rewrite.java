package sx.lower;

import sx.ir.Body;
import sx.sema.tree.Instance;
import sx.sema.tree.Tree;

/**
 * Changes functions on their way through lowering. The compiler itself changes nothing; those who
 * use it from Java may.
 */
public interface Rewrite {
  /** Leaves everything as it is. */
  Rewrite NONE = new Rewrite() {};

  /** The typed body that is lowered in place of a function's own. */
  default Tree.Block tree(Instance function, Tree.Block body) {
    return body;
  }

  /** The IR that the engines see in place of what was lowered. */
  default Body body(Instance function, Body body) {
    return body;
  }
}
