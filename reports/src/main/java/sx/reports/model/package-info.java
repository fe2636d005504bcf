/** What the report says, before it is HTML: the run in its groups, its history, the guarantees. */
@NullMarked
package sx.reports.model;

import org.jspecify.annotations.NullMarked;
