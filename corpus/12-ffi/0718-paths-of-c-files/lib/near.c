int near(int n) { return n + 1; }
int level(void) {
#ifdef __OPTIMIZE__
  return 1;
#else
  return 0;
#endif
}
