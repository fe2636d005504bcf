// The Mandelbrot set, one byte a point: a tight floating-point loop with an early end.

#include <stdio.h>
#include <stdlib.h>

#define SIZE 3500
#define LIMIT 100

typedef struct {
  double re, im;
} Complex;

static Complex plus(Complex a, Complex b) { return (Complex){a.re + b.re, a.im + b.im}; }
static Complex squared(Complex a) {
  return (Complex){a.re * a.re - a.im * a.im, 2.0 * a.re * a.im};
}
static double norm(Complex a) { return a.re * a.re + a.im * a.im; }

static unsigned char rounds(Complex c) {
  Complex z = {0, 0};
  for (long i = 0; i < LIMIT; i++) {
    z = plus(squared(z), c);
    if (norm(z) > 4.0) {
      return (unsigned char)i;
    }
  }
  return LIMIT;
}

int main(void) {
  unsigned char *points = calloc(SIZE * SIZE, 1);
  for (long y = 0; y < SIZE; y++) {
    for (long x = 0; x < SIZE; x++) {
      Complex c = {3.0 * x / SIZE - 2.0, 3.0 * y / SIZE - 1.5};
      points[y * SIZE + x] = rounds(c);
    }
  }
  long sum = 0;
  for (long i = 0; i < SIZE * SIZE; i++) {
    sum = (sum * 31 + points[i]) % 1000007;
  }
  printf("%ld\n", sum);
  return 0;
}
