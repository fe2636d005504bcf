/** Source files, places in them, and what is said about them. */
@NullMarked
package sx.source;

import org.jspecify.annotations.NullMarked;
