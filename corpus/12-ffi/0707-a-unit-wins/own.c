int toupper(int c) { return c + 1000; }
