/** Typed tree to IR: control flow, deferred blocks, places, constants. */
@NullMarked
package sx.lower;

import org.jspecify.annotations.NullMarked;
