/**
 * The ledger: how many messages met each fate, by symbol, type and minute. Counting is here, beside
 * the streams counted; writing is in {@link io.tidemark.job.serving}. Start at {@link
 * io.tidemark.job.ledger.FateCounts}.
 */
@NullMarked
package io.tidemark.job.ledger;

import org.jspecify.annotations.NullMarked;
