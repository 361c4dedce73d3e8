package io.tidemark.job.replay;

/**
 * A slice of some symbols, with what the chain of messages before it left: travels from the chain
 * to whoever computes the slice.
 *
 * @param slice its number, from 0
 * @param part of the symbols
 * @param chain engines of {@link io.tidemark.features.registry.FeatureSet#chain} at the time the
 *     slice is read from: a count, then each symbol's name and engine
 */
public record SliceTask(int slice, int part, byte[] chain) {}
