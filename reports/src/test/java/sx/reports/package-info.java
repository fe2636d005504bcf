/**
 * The report of runs that are made up, and of the last one where there is one; in a browser too.
 */
@NullMarked
package sx.reports;

import org.jspecify.annotations.NullMarked;
