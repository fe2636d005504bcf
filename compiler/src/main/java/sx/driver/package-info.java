/** One compilation as a value, its options, and the command line around it. */
@NullMarked
package sx.driver;

import org.jspecify.annotations.NullMarked;
