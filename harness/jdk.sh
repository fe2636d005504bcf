# For the scripts that start Java: sets `jdk` to the home of a JDK 25 or later.

# The first of the given directories that holds one; without any, JAVA_HOME, what lies below
# /usr/lib/jvm, and the java of the path. Fails where there is none.
find_jdk() {
  if [ $# -eq 0 ]; then
    java=$(command -v java) && java=$(readlink -f "$java")
    set -- "${JAVA_HOME:-}" /usr/lib/jvm/*25* /usr/lib/jvm/*2[6-9]* /usr/lib/jvm/* "${java%/bin/java}"
  fi
  for jdk in "$@"; do
    [ -x "$jdk/bin/javac" ] && [ -r "$jdk/release" ] || continue
    while IFS='="' read -r name _ version _; do
      [ "$name" = JAVA_VERSION ] && [ "${version%%[.+-]*}" -ge 25 ] 2>/dev/null && return 0
    done <"$jdk/release"
  done
  jdk=
  return 1
}

# Runs a main class with the JDK found, and ends as it does. What it loads is kept in an archive, so
# that the next start does half the work (JEP 350); a changed jar makes a new one.
#   run_java ARCHIVE CLASSPATH OPTIONS... CLASS ARGUMENTS...
run_java() {
  archive=$1 classpath=$2 fresh=yes
  shift 2
  old_ifs=$IFS
  IFS=:
  for jar in $classpath; do
    [ "$archive" -nt "${jar%/\*}" ] || fresh=
  done
  IFS=$old_ifs
  set -- -Xlog:disable -XX:+UseSerialGC -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED -cp "$classpath" "$@"
  [ -z "$fresh" ] || exec "$jdk/bin/java" -XX:SharedArchiveFile="$archive" "$@"
  "$jdk/bin/java" -XX:ArchiveClassesAtExit="$archive.$$" "$@"
  status=$?
  [ ! -f "$archive.$$" ] || mv -f "$archive.$$" "$archive"
  exit "$status"
}
