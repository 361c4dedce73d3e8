package io.tidemark.schemas.registry;

/**
 * One entry of a feature's {@code data_sources}.
 *
 * @param timestampRequired whether an event of the source must carry its own time
 */
public record DataSource(InputSource source, boolean timestampRequired) {}
