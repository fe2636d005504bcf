/** HTML that cannot be written unescaped. */
@NullMarked
package sx.reports.html;

import org.jspecify.annotations.NullMarked;
