/**
 * Whether correct answers can be served now. Start at {@link
 * io.tidemark.server.readiness.ReadyResource}.
 */
@NullMarked
package io.tidemark.server.readiness;

import org.jspecify.annotations.NullMarked;
