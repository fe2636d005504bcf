/**
 * C files that are part of a program (ffi.c): what their headers declare, read by libclang, and the
 * objects of their sources, made by clang. Both come with LLVM.
 */
@NullMarked
package sx.c;

import org.jspecify.annotations.NullMarked;
