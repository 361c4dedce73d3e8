package io.tidemark.schemas.registry;

/**
 * An earlier feature that a feature is computed on.
 *
 * @param name the feature's name; it stands before this one in the file
 * @param line where it is named, from 1
 */
public record FeatureInput(String name, int line) {}
