int counter_step(int n);
int calls(int n) { return counter_step(n) * 10; }
