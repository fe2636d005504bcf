#include <twice.h>
#include "deep/late.h"
int twice(int n) { return n * FACTOR; }
int negated(int n) {
#ifdef NEGATE
  return -n * NEGATE;
#else
  return n;
#endif
}
long shifted(long n) { return n + OFFSET + late(); }
