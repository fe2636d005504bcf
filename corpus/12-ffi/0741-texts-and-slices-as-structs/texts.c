struct text { const char *ptr; long len; };
struct numbers { int *ptr; long len; };
long length_of(struct text t);

int joined(char **names, int n, char *out) {
  int at = 0;
  for (int i = 0; i < n; i++)
    for (char *c = names[i]; *c; c++) out[at++] = *c;
  return at;
}

long called(long (*f)(struct text, struct numbers), int n) {
  int all[8] = {1, 2, 3, 4, 5, 6, 7, 8};
  return f((struct text){"hello", 5}, (struct numbers){all, n});
}

long returned(struct text (*f)(void)) {
  struct text t = f();
  return t.len * 100 + t.ptr[0];
}

long through_export(void) { return length_of((struct text){"123456", 6}); }
