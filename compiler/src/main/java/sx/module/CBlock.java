package sx.module;

import java.util.List;
import sx.c.CUnit;
import sx.source.Span;

/**
 * The first {@code #import c} block of a program that is a unit.
 *
 * @param sources where its {@code #source}s are named, in the order of the unit's
 */
public record CBlock(CUnit unit, List<Span> sources) {}
