import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;

/**
 * Gives classes that were compiled for Java 5 the version and the stack maps of Java 8.
 *
 * <p>The AOT cache of JDK 25 takes no class older than Java 6, and the library of the command line
 * is one of those: to load and verify it at each start was a third of the time of a short compile.
 */
class UpgradeClasses {
  private UpgradeClasses() {}

  /** The class file with a version that can be cached, or the same array. */
  static byte[] upgrade(byte[] bytes) {
    ClassFile files = FastStart.classFiles(ClassFile.StackMapsOption.GENERATE_STACK_MAPS);
    ClassModel model = files.parse(bytes);
    if (model.majorVersion() >= ClassFile.JAVA_6_VERSION) {
      return bytes;
    }
    ClassTransform version =
        (type, element) -> {
          if (element instanceof ClassFileVersion) {
            type.withVersion(ClassFile.JAVA_8_VERSION, 0);
          } else {
            type.with(element);
          }
        };
    // A body that no transform sees would be copied as it is, without stack maps.
    CodeTransform again = (code, element) -> code.with(element);
    return files.transformClass(
        model, version.andThen(ClassTransform.transformingMethodBodies(again)));
  }
}
