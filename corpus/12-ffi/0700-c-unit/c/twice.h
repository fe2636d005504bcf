int twice(int n);
int negated(int n);
long shifted(long n);
