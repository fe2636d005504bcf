#include "inner.h"
int outer(void);
