typedef int v8i __attribute__((vector_size(32)));
typedef double v4d __attribute__((vector_size(32)));
struct wide { v8i v; int n; };

struct wide moved(int pad, struct wide w, long a, long b, long c, long d, long e, long f, v8i v) {
  w.v += w.n * v;
  w.n = pad + a + b + c + d + e + f;
  return w;
}

void summed(v8i a, int n, v4d b, double *out) {
  out[0] = out[1] = 0;
  for (int i = 0; i < 8; i++) out[0] += a[i] * n;
  for (int i = 0; i < 4; i++) out[1] += b[i];
}
