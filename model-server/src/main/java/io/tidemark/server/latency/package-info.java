/**
 * How long requests took, by route, now and before the last restart. Start at {@link
 * io.tidemark.server.latency.RouteLatencies}.
 */
@NullMarked
package io.tidemark.server.latency;

import org.jspecify.annotations.NullMarked;
