/**
 * How fast does the job drain a backlog? Start at {@link
 * io.tidemark.bench.throughput.ThroughputHarness}.
 */
@NullMarked
package io.tidemark.bench.throughput;

import org.jspecify.annotations.NullMarked;
