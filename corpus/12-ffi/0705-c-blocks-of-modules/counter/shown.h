int shown(void);
