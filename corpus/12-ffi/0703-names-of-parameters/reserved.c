int any(int string) { return string + 1; }
int u7(int u8) { return u8 + 6; }
