/** Source text to syntax tree and back: tokens, grammar, printer, and checks that need no names. */
@NullMarked
package sx.syntax;

import org.jspecify.annotations.NullMarked;
