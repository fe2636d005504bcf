#include "point.h"
point mirrored(point p) { return (point){-p.x, p.y}; }
point rotate(point p) { return (point){-p.y, p.x}; }
int dimensions(void) { return 2; }
