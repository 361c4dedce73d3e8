/**
 * How late is a row? Start at {@link io.tidemark.bench.latency.LatencyHarness}. What is expected is
 * known before the run ({@link io.tidemark.bench.latency.RowGrid}), so a row that never comes is
 * counted and one that comes late is late by the full time.
 */
@NullMarked
package io.tidemark.bench.latency;

import org.jspecify.annotations.NullMarked;
