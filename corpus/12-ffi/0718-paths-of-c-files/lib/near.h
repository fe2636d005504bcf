int near(int n);
int level(void);
