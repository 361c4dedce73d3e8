/** Which request this is. Start at {@link io.tidemark.server.identity.RequestIds}. */
@NullMarked
package io.tidemark.server.identity;

import org.jspecify.annotations.NullMarked;
