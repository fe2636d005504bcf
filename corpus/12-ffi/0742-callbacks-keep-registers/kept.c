#include <stdint.h>
typedef long fn(long, double, int, long, long, long, long, long, long);

/* 0 if the stack is aligned where the frame of a call begins */
long aligned(long a) {
  volatile char here[16] __attribute__((aligned(16)));
  here[0] = (char)a;
  return (long)((uintptr_t)__builtin_frame_address(0) % 16) * 1000000;
}

long driven(fn *f, long seed) {
  long a = seed, b = seed * 3, c = seed * 5, d = seed * 7, e = seed * 11, g = seed * 13;
  double x = seed * 0.5, y = seed * 1.5;
  long sum = 0;
  for (int i = 0; i < 4; i++) {
    long r = f(i, x, i, a, b, c, d, e, g);
    long expected = 0;
    double total = 0;
    for (int k = 0; k < 16; k++) { expected += (i * k + a) * (k + i); total += x * k; }
    expected += (long)total + b + c + d + e + g;
    sum += r == expected;
    a += 1; b += a; c += b; d += c; e += d; g += e; x += y;
  }
  return sum * 100 + (long)(x * 2) + a;
}
