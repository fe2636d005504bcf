/** The compiler in child processes that many cases share and any case may crash. */
@NullMarked
package sx.harness.worker;

import org.jspecify.annotations.NullMarked;
