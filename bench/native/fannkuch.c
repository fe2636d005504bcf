// Permutations in turn, each reversed by prefixes until its first element is zero: small arrays
// and branches.

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#define N 11

typedef struct {
  long checksum, flips;
} Result;

static void reverse(long *xs, long count) {
  long low = 0, high = count - 1;
  while (low < high) {
    long first = xs[low], last = xs[high];
    xs[low] = last;
    xs[high] = first;
    low++;
    high--;
  }
}

static long flips_of(const long *start, long *work, long count) {
  for (long i = 0; i < count; i++) {
    work[i] = start[i];
  }
  long flips = 0;
  while (work[0] != 0) {
    reverse(work, work[0] + 1);
    flips++;
  }
  return flips;
}

static Result fannkuch(long n) {
  long *order = calloc(n, sizeof(long));
  long *work = calloc(n, sizeof(long));
  long *count = calloc(n, sizeof(long));
  for (long i = 0; i < n; i++) {
    order[i] = i;
  }
  Result result = {0, 0};
  bool even = true;
  long left = n;
  while (true) {
    while (left != 1) {
      count[left - 1] = left;
      left--;
    }
    long flips = flips_of(order, work, n);
    if (flips > result.flips) {
      result.flips = flips;
    }
    result.checksum += even ? flips : -flips;
    while (true) {
      if (left == n) {
        return result;
      }
      long first = order[0];
      for (long i = 0; i < left; i++) {
        order[i] = order[i + 1];
      }
      order[left] = first;
      count[left]--;
      if (count[left] > 0) {
        break;
      }
      left++;
    }
    even = !even;
  }
}

int main(void) {
  Result r = fannkuch(N);
  printf("%ld %ld\n", r.checksum, r.flips);
  return 0;
}
