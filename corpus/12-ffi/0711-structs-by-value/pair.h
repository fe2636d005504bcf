struct pair { int a, b; };
struct pair first(void);
int second(struct pair *p);
