package io.tidemark.job.archive;

import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.Verdict;

/**
 * A market event and what became of it: a row of the raw archive.
 *
 * @param verdict in the served rows, or too late for them
 */
public record ArchivedEvent(MarketEvent event, Verdict verdict) {}
