typedef struct { double x, y; } point;
point mirrored(point p);
point rotate(point p);
int dimensions(void);
