/**
 * How fast is an archive read again, beside the bare Parquet reader on the same files? Start at
 * {@link io.tidemark.bench.replay.ReplayHarness}.
 */
@NullMarked
package io.tidemark.bench.replay;

import org.jspecify.annotations.NullMarked;
