/** Object files to executables, for each target (cli.link). */
@NullMarked
package sx.link;

import org.jspecify.annotations.NullMarked;
