int count(void);
int shown(void) { return count() + 1000; }
