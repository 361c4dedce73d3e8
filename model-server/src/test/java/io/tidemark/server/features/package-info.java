/** How feature rows are found. */
@NullMarked
package io.tidemark.server.features;

import org.jspecify.annotations.NullMarked;
