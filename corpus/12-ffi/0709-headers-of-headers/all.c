#include "outer.h"
int outer(void) { return inner(); }
int inner(void) { return 1; }
