package sx.llvm;

import java.util.Set;

/**
 * A program as LLVM assembly text.
 *
 * @param text ASCII bytes; owned by this object, not to be written
 * @param externSymbols the C symbols that the code uses and does not define, in order of first use
 * @param options what the text was made for
 */
public record EmittedModule(byte[] text, Set<String> externSymbols, CodeOptions options) {}
