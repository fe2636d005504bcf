/** Running code in this process: a session of LLVM's ORC JIT. */
@NullMarked
package sx.jit;

import org.jspecify.annotations.NullMarked;
