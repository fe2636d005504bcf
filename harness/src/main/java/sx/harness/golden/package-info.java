/** Golden files: how results are compared with them, shown, and approved. */
@NullMarked
package sx.harness.golden;

import org.jspecify.annotations.NullMarked;
