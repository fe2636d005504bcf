#include <stdarg.h>
int minus(int a, int b) { return a - b; }
int unnamed(int x, int y) { return x - y; }
int mixed(int x, int y) { return x - y; }
int keywords(int a, int b) { return a * 10 + b; }
int total(int count, ...) {
  va_list all;
  int sum = 0;
  va_start(all, count);
  for (int i = 0; i < count; i++) sum += va_arg(all, int);
  va_end(all);
  return sum;
}
