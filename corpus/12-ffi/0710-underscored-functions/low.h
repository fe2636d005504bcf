int _low(void);
int high(void);
