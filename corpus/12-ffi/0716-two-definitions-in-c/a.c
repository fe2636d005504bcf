static int hidden(void) { return 1; }
int both(void) { return hidden(); }
