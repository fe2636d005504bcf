/** What a run leaves for machines; docs/harness.md describes the format. */
@NullMarked
package sx.harness.results;

import org.jspecify.annotations.NullMarked;
