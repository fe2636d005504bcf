// The spectral norm of an infinite matrix by the power method: a double loop over vectors of
// floats, with integer arithmetic inside.

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define N 4000
#define ROUNDS 10

static double entry(long i, long j) {
  return 1.0 / (double)((i + j) * (i + j + 1) / 2 + i + 1);
}

static void times(const double *v, double *result, long n) {
  for (long i = 0; i < n; i++) {
    double sum = 0.0;
    for (long j = 0; j < n; j++) {
      sum += entry(i, j) * v[j];
    }
    result[i] = sum;
  }
}

static void transposed_times(const double *v, double *result, long n) {
  for (long i = 0; i < n; i++) {
    double sum = 0.0;
    for (long j = 0; j < n; j++) {
      sum += entry(j, i) * v[j];
    }
    result[i] = sum;
  }
}

static void step(const double *v, double *result, double *between, long n) {
  times(v, between, n);
  transposed_times(between, result, n);
}

int main(void) {
  double *u = calloc(N, sizeof(double));
  double *v = calloc(N, sizeof(double));
  double *between = calloc(N, sizeof(double));
  for (long i = 0; i < N; i++) {
    u[i] = 1.0;
  }
  for (long i = 0; i < ROUNDS; i++) {
    step(u, v, between, N);
    step(v, u, between, N);
  }
  double across = 0.0, square = 0.0;
  for (long i = 0; i < N; i++) {
    across += u[i] * v[i];
    square += v[i] * v[i];
  }
  printf("%ld\n", (long)(sqrt(across / square) * 1000000000.0));
  return 0;
}
