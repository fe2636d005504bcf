int square(int n);
double half(double d);
const char *word(int i);
int mapped(int (*f)(int), int n);
