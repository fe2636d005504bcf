/**
 * IR to machine code. {@link sx.llvm.Emitter} writes a program as LLVM assembly text, without any
 * native library; {@link sx.llvm.LlvmModule} takes such text through verification, optimisation and
 * code generation.
 *
 * <p>Text and not the building functions of the C API, because the text's parser checks every type
 * and says where it is wrong, while the building functions check nothing and crash, and because a
 * cold JVM is faster at it.
 */
@NullMarked
package sx.llvm;

import org.jspecify.annotations.NullMarked;
