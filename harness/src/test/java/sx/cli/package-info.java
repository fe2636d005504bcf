/** The launcher as users start it: a shell script, a process, files. */
@NullMarked
package sx.cli;

import org.jspecify.annotations.NullMarked;
