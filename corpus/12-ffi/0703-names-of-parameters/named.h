int minus(int a, int b);
int unnamed(int, int);
int mixed(int first, int);
int keywords(int i32, int defer);
int total(int count, ...);
