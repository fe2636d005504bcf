int first_value(void) { return 1; }
int second_value(void) { return 2; }
