static const char *words[] = {"zero", "one", "two"};
int square(int n) { return n * n; }
double half(double d) { return d / 2; }
const char *word(int i) { return words[i]; }
int mapped(int (*f)(int), int n) { return f(n) + 1; }
