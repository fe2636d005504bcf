int toupper(int c);
