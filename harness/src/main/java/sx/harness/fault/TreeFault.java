package sx.harness.fault;

import sx.sema.tree.Tree;

/** A way to break a typed tree: what stands in place of a node whose children are done. */
interface TreeFault {
  Tree replace(Tree node);
}
