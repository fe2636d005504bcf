int deep(int n);
