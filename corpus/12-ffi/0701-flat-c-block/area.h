int area(int w, int h);
int sum_of(int a, int b);
