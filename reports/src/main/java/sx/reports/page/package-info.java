/** One class a page of the report. */
@NullMarked
package sx.reports.page;

import org.jspecify.annotations.NullMarked;
