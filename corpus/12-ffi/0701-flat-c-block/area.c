int area(int w, int h) { return w * h; }
int sum_of(int a, int b) { return a + b; }
