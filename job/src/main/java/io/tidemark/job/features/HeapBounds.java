package io.tidemark.job.features;

import java.io.Serializable;

/**
 * What one task of the features may keep on the heap; the rest lies in state. Neither bound changes
 * a row.
 *
 * @param engines symbols whose engines stay on the heap between grid steps; the others' are read
 *     and written at every step
 * @param eventBytes events on the heap, about, before they are written to state: those of open
 *     steps, and those not yet in state since the last checkpoint
 */
public record HeapBounds(int engines, int eventBytes) implements Serializable {}
