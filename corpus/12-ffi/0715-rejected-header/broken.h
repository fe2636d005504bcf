int fine(void;
