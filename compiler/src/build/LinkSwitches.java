import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.List;

/**
 * Links pattern switches over types ahead of time.
 *
 * <p>javac leaves each to {@code SwitchBootstraps.typeSwitch}, which makes a class for it when it
 * is first reached: 0.4 ms each, and the AOT cache of JDK 25 does not keep them. A compile reaches
 * a hundred. Here each becomes a static method that does what the reference of that bootstrap says.
 */
class LinkSwitches {
  private static final String PREFIX = "$typeSwitch$";

  /** A method to add: its type and the classes that it tells apart. */
  private record Switch(String name, MethodTypeDesc type, List<ClassDesc> labels) {}

  private LinkSwitches() {}

  /** The class file with its switches linked, or the same array where it has none. */
  static byte[] link(byte[] bytes) {
    ClassFile files = FastStart.classFiles();
    ClassModel model = files.parse(bytes);
    boolean isInterface = model.flags().has(AccessFlag.INTERFACE);
    ClassDesc owner = model.thisClass().asSymbol();
    List<Switch> found = new ArrayList<>();
    CodeTransform calls =
        (code, element) -> {
          if (element instanceof InvokeDynamicInstruction call && isTypeSwitch(call)) {
            String name = PREFIX + found.size();
            found.add(new Switch(name, call.typeSymbol(), labels(call)));
            code.invokestatic(owner, name, call.typeSymbol(), isInterface);
          } else {
            code.with(element);
          }
        };
    ClassTransform transform =
        ClassTransform.transformingMethodBodies(LinkSwitches::hasTypeSwitch, calls)
            .andThen(
                ClassTransform.endHandler(
                    type -> {
                      for (Switch one : found) {
                        type.withMethodBody(
                            one.name(),
                            one.type(),
                            ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC,
                            code -> body(code, one.labels()));
                      }
                    }));
    return model.methods().stream().anyMatch(LinkSwitches::hasTypeSwitch)
        ? files.transformClass(model, transform)
        : bytes;
  }

  private static boolean hasTypeSwitch(MethodModel method) {
    return method.code().stream()
        .flatMap(CodeModel::elementStream)
        .anyMatch(e -> e instanceof InvokeDynamicInstruction call && isTypeSwitch(call));
  }

  private static boolean isTypeSwitch(InvokeDynamicInstruction call) {
    return call.bootstrapMethod().owner().displayName().equals("SwitchBootstraps")
        && call.bootstrapMethod().methodName().equals("typeSwitch")
        && !call.bootstrapArgs().isEmpty()
        && call.bootstrapArgs().stream()
            .allMatch(a -> a instanceof ClassDesc c && !c.isPrimitive());
  }

  private static List<ClassDesc> labels(InvokeDynamicInstruction call) {
    List<ClassDesc> labels = new ArrayList<>();
    for (ConstantDesc argument : call.bootstrapArgs()) {
      labels.add((ClassDesc) argument);
    }
    return labels;
  }

  /** -1 for null, else the first label from the second argument on that fits, else their number. */
  private static void body(CodeBuilder code, List<ClassDesc> labels) {
    Label notNull = code.newLabel();
    Label none = code.newLabel();
    code.aload(0).ifnonnull(notNull).iconst_m1().ireturn().labelBinding(notNull);
    List<Label> starts = new ArrayList<>();
    List<SwitchCase> cases = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      starts.add(code.newLabel());
      cases.add(SwitchCase.of(i, starts.get(i)));
    }
    code.iload(1).tableswitch(none, cases);
    for (int i = 0; i < labels.size(); i++) {
      Label next = i + 1 < labels.size() ? starts.get(i + 1) : none;
      code.labelBinding(starts.get(i))
          .aload(0)
          .instanceOf(labels.get(i))
          .ifeq(next)
          .loadConstant(i)
          .ireturn();
    }
    code.labelBinding(none).loadConstant(labels.size()).ireturn();
  }
}
