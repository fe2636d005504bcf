/**
 * Makes random programs that are right: well-typed, free of undefined and unspecified behaviour,
 * ended within a bounded number of steps. With each program comes what it prints, found by a model
 * of the language that shares no code with the compiler.
 *
 * <p>{@link sx.generate.ProgramGenerator} is the way in: a seed gives a {@link
 * sx.generate.GeneratedProgram}, the same one every time. A compiler that rejects it, fails on it,
 * or makes something of it that prints anything else has a fault, whichever engine runs the
 * program.
 *
 * <p>How it works: each piece of a program is made as its text together with its meaning. An {@link
 * sx.generate.Expr} has the text that is written and a function that gives the value in the {@link
 * sx.generate.Machine}; a {@link sx.generate.Stmt} the same for an effect. When all is written, the
 * machine runs {@code main}. A program that turns out to take too long, to print too much or to do
 * something unspecified (a float that no integer holds, say) is thrown away and the next is made.
 *
 * <p>To let it grow: a new kind of type is a {@link sx.generate.Shape}, with its values in {@link
 * sx.generate.Values} and their text in {@link sx.generate.Texts}; a new form of expression is a
 * method of {@link sx.generate.Expressions}, a new statement one of {@link sx.generate.Statements}.
 * Its meaning comes from the reference, never from what the compiler does.
 */
@org.jspecify.annotations.NullMarked
package sx.generate;
