/**
 * The system under test around the load: the real job in a process of its own ({@link
 * io.tidemark.bench.platform.JobProcess}), a database of the run's own, and what it all costs in
 * CPU.
 */
@NullMarked
package io.tidemark.bench.platform;

import org.jspecify.annotations.NullMarked;
