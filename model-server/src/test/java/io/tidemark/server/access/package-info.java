/** Tests of what cannot be seen over HTTP. */
@NullMarked
package io.tidemark.server.access;

import org.jspecify.annotations.NullMarked;
