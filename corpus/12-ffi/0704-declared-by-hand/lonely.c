int lonely(int n) { return n * n; }
