#include "kinds.h"
struct thing { int value; };
_Bool flip(_Bool b) { return !b; }
char next_char(char c) { return c + 1; }
signed char next_signed(signed char c) { return c + 2; }
unsigned char next_unsigned(unsigned char c) { return c + 3; }
short next_short(short s) { return s + 1; }
unsigned short next_ushort(unsigned short s) { return s + 2; }
int next_int(int i) { return i + 1; }
unsigned next_uint(unsigned i) { return i + 3; }
long next_long(long l) { return l + 1; }
long long next_longlong(long long l) { return l + 1; }
unsigned long next_ulong(unsigned long l) { return l + 4; }
my_size_again next_size(my_size s) { return s + 1; }
float half_float(float f) { return f / 2; }
double half_double(double d) { return d / 2; }
color_t next_color(enum color c) { return c + 1; }
const char *skip(const char *text, int n) { return text + n; }
int length(const unsigned char *text) { int n = 0; while (text[n]) n++; return n; }
void bump(int *a, unsigned *b, short *g, float *h, double *k) { *a += 1; *b += 1; *g += 1; *h += 1; *k += 1; }
int *same_int(const int *a) { return (int *)a; }
static struct thing only;
thing_t *make_thing(int value) { only.value = value; return &only; }
int value_of(const struct thing *t) { return t->value; }
int is_nothing(void *p) { return p == 0; }
int through(int **p) { return **p; }
int applied(int_fn f, int n) { return f(n) + 1; }
