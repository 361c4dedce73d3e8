package io.tidemark.job.ledger;

import java.util.List;

/**
 * Everything counted between two checkpoints: booked as a whole, once.
 *
 * @param writer who wrote it: one run of the writing task, from a start or restore to its end
 * @param number the how-manieth of that writer, from 1
 * @param cells by key, each key once
 */
public record LedgerEntry(String writer, long number, List<LedgerCell> cells) {
    public LedgerEntry {
        cells = cells.stream().sorted(LedgerCell.BY_KEY).toList();
    }
}
