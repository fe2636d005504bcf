union padded { char c[20]; long l; };
union either { double d; float f[2]; };
enum color { RED, GREEN, BLUE };
struct halved { signed char a; double b; };
struct optional { long value; unsigned char present; };

union padded padded(int k, union padded u) { u.c[19] = k; return u; }
union either either(union either u, double k) { u.d *= k; return u; }
enum color next(enum color c) { return c + 1; }
struct halved halved(struct halved t) { t.a++; t.b /= 2; return t; }
struct optional doubled(struct optional o) { o.value *= 2; return o; }
int *behind(int *p) { return p ? p + 1 : 0; }
