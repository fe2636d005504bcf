/** Import resolution, scopes, visibility, the module graph. */
@NullMarked
package sx.module;

import org.jspecify.annotations.NullMarked;
