/** What the jar of LLVM holds for the host: its libraries, its programs, clang's own headers. */
@NullMarked
package sx.natives;

import org.jspecify.annotations.NullMarked;
