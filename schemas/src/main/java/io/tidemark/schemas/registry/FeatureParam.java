package io.tidemark.schemas.registry;

/**
 * One parameter of a feature's kernel, as written; the kernel decides what it means.
 *
 * @param text the scalar's text
 * @param line where it stands, from 1
 */
public record FeatureParam(String text, int line) {}
