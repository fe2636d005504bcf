int both(void);
