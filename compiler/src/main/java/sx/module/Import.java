package sx.module;

import sx.source.Span;

/** A flat import of a file (mod.import.1): where it is written and what it makes visible. */
public record Import(Span span, Namespace target) {}
