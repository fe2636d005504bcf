static int n;
int count(void) { return ++n; }
