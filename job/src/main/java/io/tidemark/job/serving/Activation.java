package io.tidemark.job.serving;

/**
 * A feature registry version that was made the active one.
 *
 * @param number its place in the history, from 1
 * @param definition the registry's file; empty when the store knows the names only
 */
public record Activation(long number, String version, String definition, long cadenceMicros) {}
