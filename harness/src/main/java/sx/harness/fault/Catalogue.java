package sx.harness.fault;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import sx.ir.Inst.BinaryKind;
import sx.ir.Inst.CompareKind;
import sx.ir.Inst.ReflectKind;
import sx.ir.Inst.UnaryKind;
import sx.sema.tree.Constant;
import sx.sema.tree.Tree;
import sx.type.Type;

/** All seeded faults. Who adds a part of the language adds the faults of its area here. */
public final class Catalogue {
  private static final String TYPES = "02";
  private static final String DECLARATIONS = "03";
  private static final String EXPRESSIONS = "04";
  private static final String STATEMENTS = "05";
  private static final String COMPTIME = "06";
  private static final String MODULES = "07";
  private static final String GENERICS = "09";
  private static final String OPTIONALS = "10";
  private static final String DIAGNOSTICS = "11";
  private static final String FFI = "12";
  private static final String ERRORS = "13";
  private static final String PROTOCOLS = "14";
  private static final String CLOSURES = "15";
  private static final String PACKS = "19";
  private static final String CONTEXT = "20";

  private static final List<SeededFault> OF_THE_COMPILER =
      List.of(
          ir("swapped-sub", "operands of - swapped", IrFaults.swapped(BinaryKind.SUB), EXPRESSIONS),
          ir("swapped-div", "operands of / swapped", IrFaults.swapped(BinaryKind.DIV), EXPRESSIONS),
          ir("swapped-rem", "operands of % swapped", IrFaults.swapped(BinaryKind.REM), EXPRESSIONS),
          ir(
              "swapped-shift",
              "operands of << swapped",
              IrFaults.swapped(BinaryKind.SHL),
              EXPRESSIONS),
          ir(
              "unsigned-div",
              "signed / as unsigned",
              IrFaults.unsigned(BinaryKind.DIV),
              EXPRESSIONS),
          ir(
              "unsigned-rem",
              "signed % as unsigned",
              IrFaults.unsigned(BinaryKind.REM),
              EXPRESSIONS),
          ir(
              "logical-shift",
              "signed >> shifts zeros in",
              IrFaults.unsigned(BinaryKind.SHR),
              EXPRESSIONS),
          ir(
              "xor-as-or",
              "^ computes |",
              IrFaults.instead(BinaryKind.XOR, BinaryKind.OR, t -> true),
              EXPRESSIONS),
          ir(
              "lost-wrap-around",
              "narrow + is computed as unsigned",
              IrFaults.unsigned(BinaryKind.ADD),
              TYPES),
          ir(
              "float-sub-as-add",
              "- of floats adds",
              IrFaults.instead(BinaryKind.SUB, BinaryKind.ADD, Type::isFloat),
              EXPRESSIONS),
          ir(
              "less-as-less-equal",
              "< includes equality",
              IrFaults.compare(CompareKind.LT, CompareKind.LE),
              EXPRESSIONS),
          ir(
              "greater-equal-as-greater",
              ">= leaves equality out",
              IrFaults.compare(CompareKind.GE, CompareKind.GT),
              EXPRESSIONS),
          ir(
              "equal-inverted",
              "== is !=",
              IrFaults.compare(CompareKind.EQ, CompareKind.NE),
              EXPRESSIONS),
          ir(
              "unsigned-compare",
              "signed comparison as unsigned",
              IrFaults.unsignedCompare(),
              EXPRESSIONS),
          ir("zero-extension", "lost sign extension", IrFaults.zeroExtension(), TYPES),
          ir(
              "unsigned-to-float",
              "negative integer to float as unsigned",
              IrFaults.unsignedToFloat(),
              TYPES),
          ir(
              "narrow-conversion",
              "conversion cuts eight bits too many",
              IrFaults.tooNarrow(),
              TYPES),
          ir(
              "wrong-constant",
              "small constants off by one",
              IrFaults.constantOffByOne(),
              EXPRESSIONS),
          ir("field-offset", "field offset off by one field", IrFaults.fieldOffByOne(), TYPES),
          ir(
              "element-offset",
              "element offset off by one element",
              IrFaults.elementOffByOne(),
              TYPES),
          ir(
              "dropped-field-store",
              "store to a field dropped",
              IrFaults.droppedFieldStore(),
              TYPES),
          ir(
              "swapped-arguments",
              "the last two arguments of a call swapped",
              IrFaults.swappedArguments(),
              EXPRESSIONS),
          ir("dropped-negation", "unary - dropped", IrFaults.dropped(UnaryKind.NEG), EXPRESSIONS),
          ir("dropped-inversion", "~ dropped", IrFaults.dropped(UnaryKind.NOT), EXPRESSIONS),
          ir("wrong-branch", "branches of a condition swapped", IrFaults.wrongBranch(), STATEMENTS),
          ir(
              "forgotten-case",
              "the first case of a switch forgotten",
              IrFaults.forgottenCase(),
              STATEMENTS),
          ir(
              "misplaced-tag",
              "the tag of a tagged union is stored one byte off",
              IrFaults.misplacedTag(),
              TYPES,
              COMPTIME),
          ir(
              "size-as-alignment",
              "size_of of a run-time type answers its alignment",
              IrFaults.question(ReflectKind.SIZE_OF, ReflectKind.ALIGN_OF),
              COMPTIME),
          ir("wrong-type-tag", "any of an i64 says u64", IrFaults.wrongTypeTag(), TYPES),
          tree("dropped-defer", "defer dropped", TreeFaults.droppedDefer(), STATEMENTS),
          tree("early-defer", "defer runs where it stands", TreeFaults.earlyDefer(), STATEMENTS),
          tree(
              "defer-order",
              "defers of a scope run first to last",
              TreeFaults.deferOrder(),
              STATEMENTS),
          tree(
              "skipped-field-default",
              "default of a field skipped",
              TreeFaults.skippedFieldDefault(),
              TYPES),
          tree(
              "skipped-default-argument",
              "default of a parameter skipped",
              TreeFaults.skippedDefaultArgument(),
              DECLARATIONS),
          tree(
              "short-chain",
              "a comparison chain tests its first link only",
              TreeFaults.firstLinkOnly(),
              EXPRESSIONS),
          tree("and-as-or", "and computes or", TreeFaults.andAsOr(), EXPRESSIONS),
          tree(
              "no-short-circuit",
              "and always evaluates both sides",
              TreeFaults.noShortCircuit(),
              EXPRESSIONS),
          tree(
              "argument-order",
              "arguments evaluated last to first",
              TreeFaults.argumentOrder(),
              EXPRESSIONS),
          tree(
              "operand-order",
              "right operand evaluated first",
              TreeFaults.operandOrder(),
              EXPRESSIONS),
          tree("double-step", "a loop steps twice", TreeFaults.stepTwice(), STATEMENTS),
          tree(
              "continue-as-break",
              "continue leaves the loop",
              TreeFaults.continueAsBreak(),
              STATEMENTS),
          tree("rotated-arms", "match arms one place off", TreeFaults.rotatedArms(), STATEMENTS),
          tree("lost-slice-start", "a slice ignores its start", TreeFaults.lostStart(), TYPES),
          tree("lost-slice-end", "a slice ignores its end", TreeFaults.lostEnd(), TYPES),
          tree(
              "inverted-condition",
              "a value as condition is inverted",
              TreeFaults.invertedTruth(),
              EXPRESSIONS),
          tree(
              "lost-element-assignment",
              "assignment to an element dropped",
              TreeFaults.lostElementAssignment(),
              STATEMENTS),
          tree("update-forgets", "x += y stores y", TreeFaults.updateForgetsOld(), STATEMENTS),
          tree(
              "dirty-zero",
              "an integer starts at one in place of zero",
              TreeFaults.dirtyZero(),
              DECLARATIONS),
          tree(
              "lost-presence",
              "a wrapped optional is absent",
              TreeFaults.lostPresence(),
              OPTIONALS),
          tree(
              "shallow-text-equality",
              "text is equal if its length is",
              TreeFaults.textEqualityByLength(),
              TYPES),
          tree(
              "lost-float-conversion",
              "float to integer gives zero",
              TreeFaults.conversion(
                  Tree.Conversion.FLOAT_TO_INT,
                  c -> new Tree.Const(c.span(), c.type(), Constant.ZERO)),
              TYPES),
          check(
              "missing-range-check",
              "a literal out of range is accepted",
              "out of range|outside of|does not fit",
              DIAGNOSTICS),
          check("missing-name-check", "an unknown name is accepted", "unknown name", DIAGNOSTICS),
          check(
              "missing-type-check",
              "a value of another type is accepted",
              "expected `",
              DIAGNOSTICS),
          check("missing-privacy", "a private name is visible", "private", MODULES),
          check(
              "missing-duplicate-check",
              "a second declaration is accepted",
              "already|twice|declared",
              DIAGNOSTICS),
          check(
              "missing-return-check",
              "a path without result is accepted",
              "return|result",
              DIAGNOSTICS),
          check(
              "unchecked-construction",
              "types are made with members of one name, or of none",
              "two members named|cannot be the name",
              COMPTIME),
          check(
              "shape-of-an-open-type",
              "a type under construction may be asked for its shape",
              "still under construction",
              COMPTIME),
          check(
              "stale-narrowing",
              "an optional counts as present where it may be absent",
              "optional|null|absent|`\\?",
              OPTIONALS),
          later(
              "stale-instance",
              "instances of a generic function but the first read zeros",
              IrFaults.readsZero(),
              GENERICS),
          later(
              "swapped-in-instance",
              "instances of a generic function but the first swap arguments",
              IrFaults.swappedArguments(),
              GENERICS),
          check(
              "missing-inference-check",
              "a type parameter that nothing tells is accepted",
              "tells the type parameter",
              GENERICS),
          tree(
              "lost-capture",
              "a captured value is zero in the closure",
              IndirectFaults.lostCapture(),
              CLOSURES),
          tree(
              "capture-offset",
              "a closure reads the capture before",
              IndirectFaults.firstCapture(),
              CLOSURES),
          check(
              "missing-capture-check",
              "captures where there is no place for them are accepted",
              "place for captures|belongs to the enclosing",
              CLOSURES),
          tree(
              "method-offset",
              "a call through a protocol reaches the method before",
              IndirectFaults.methodBefore(),
              PROTOCOLS),
          tree(
              "lost-receiver",
              "a method called through a protocol gets no receiver",
              IndirectFaults.lostReceiver(),
              PROTOCOLS),
          check(
              "missing-conformance-check",
              "a type without the methods of a protocol is accepted",
              "does not implement",
              PROTOCOLS),
          tree(
              "variadic-order",
              "what a variadic parameter collects is stored last to first",
              IndirectFaults.variadicOrder(),
              PACKS),
          tree(
              "tuple-order",
              "elements of tuples change places",
              IndirectFaults.tupleOrder(),
              PACKS,
              TYPES),
          check(
              "missing-pack-check",
              "a pack as a value, or an element that it lacks, is accepted",
              "the pack `|pack element",
              PACKS),
          tree("dropped-onfail", "onfail dropped", TreeFaults.droppedOnFail(), ERRORS),
          tree(
              "onfail-always",
              "onfail runs without an error too",
              TreeFaults.onFailAlways(),
              ERRORS),
          check(
              "missing-escape-check",
              "an error that the set does not list may escape",
              "can escape here",
              ERRORS),
          check(
              "missing-failure-check",
              "an error that nothing takes is accepted",
              "this can fail",
              ERRORS),
          tree(
              "lost-payload",
              "the payload of an optional is zero",
              TreeFaults.lostPayload(),
              OPTIONALS),
          tree("lost-push", "push has no effect", TreeFaults.lostPush(), CONTEXT),
          tree("empty-push", "a pushed context is empty", TreeFaults.emptyPush(), CONTEXT),
          check(
              "missing-context-check",
              "a context is used where there is none, or assigned",
              "no such context|current context cannot|needs a context",
              CONTEXT),
          tree(
              "alignment-as-size",
              "the size of a type known at run time is its alignment",
              TreeFaults.otherAnswer(Tree.ReflectOp.SIZE_OF, Tree.ReflectOp.ALIGN_OF),
              COMPTIME),
          check(
              "missing-comptime-check",
              "a value of run time is accepted where compile time needs one",
              "known at compile time",
              COMPTIME,
              DIAGNOSTICS),
          ir(
              "swapped-variadic",
              "the last two arguments of a variadic C function swapped",
              IrFaults.swappedVariadic(),
              FFI),
          ir(
              "lost-foreign-argument",
              "the last argument of a C function is zero",
              IrFaults.lostForeignArgument(),
              FFI),
          check(
              "missing-foreign-check",
              "what a C function cannot be or take is accepted",
              "c function|calling convention|c symbol|cannot be `extern",
              FFI),
          check(
              "missing-ambiguity-check",
              "a name of several modules is accepted",
              "declared by several",
              MODULES));

  private static final List<SeededFault> ALL =
      Stream.concat(OF_THE_COMPILER.stream(), LibraryFaults.ALL.stream()).toList();

  private Catalogue() {}

  public static List<SeededFault> all() {
    return ALL;
  }

  /**
   * @throws IllegalArgumentException if there is none of that name
   */
  static SeededFault named(String name) {
    return ALL.stream()
        .filter(fault -> fault.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no fault '" + name + "'"));
  }

  private static SeededFault ir(String name, String what, IrFault fault, String... areas) {
    return new SeededFault(name, what, new Mutation.Ir(fault), List.of(areas));
  }

  private static SeededFault later(String name, String what, IrFault fault, String... areas) {
    return new SeededFault(name, what, new Mutation.LaterInstances(fault), List.of(areas));
  }

  private static SeededFault tree(String name, String what, TreeFault fault, String... areas) {
    return new SeededFault(name, what, new Mutation.Typed(fault), List.of(areas));
  }

  private static SeededFault check(String name, String what, String message, String... areas) {
    return new SeededFault(
        name, what, new Mutation.Silence(Pattern.compile(message)), List.of(areas));
  }
}
