/** Runs IR while the program is compiled, byte for byte like the machine would (ct.env). */
@NullMarked
package sx.comptime;

import org.jspecify.annotations.NullMarked;
