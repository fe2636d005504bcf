int deep(int n) { return n; }
