static inline int late(void) { return LATE; }
