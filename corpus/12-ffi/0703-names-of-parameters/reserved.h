int any(int string);
int u7(int u8);
