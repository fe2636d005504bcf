int there(void) { return 1; }
