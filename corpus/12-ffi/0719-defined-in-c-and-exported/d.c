int scaled(int n) { return n; }
int scale(int n) { return n; }
