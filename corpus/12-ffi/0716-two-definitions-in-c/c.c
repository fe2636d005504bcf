static int hidden(void) { return 3; }
int other(void) { return hidden(); }
