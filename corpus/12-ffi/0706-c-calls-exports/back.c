double scale(int n, double by);
void note_it(const char *text);
double back(int n) { note_it("before"); return scale(n, 1.5) + 1; }
