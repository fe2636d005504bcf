/** The ways in which a program can be run, and the compilers that can be asked to. */
@NullMarked
package sx.harness.engine;

import org.jspecify.annotations.NullMarked;
