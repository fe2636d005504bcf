int wrong(int n);
