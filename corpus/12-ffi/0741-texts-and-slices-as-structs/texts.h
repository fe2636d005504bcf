long through_export(void);
