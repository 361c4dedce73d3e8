/** Tests of what cannot be seen over HTTP. */
@NullMarked
package io.tidemark.server.predictions;

import org.jspecify.annotations.NullMarked;
