/** What Prometheus scrapes. Start at {@link io.tidemark.server.metric.ServerMetrics}. */
@NullMarked
package io.tidemark.server.metric;

import org.jspecify.annotations.NullMarked;
