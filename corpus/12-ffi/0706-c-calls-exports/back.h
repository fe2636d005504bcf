double back(int n);
