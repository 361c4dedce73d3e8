/**
 * The serving store: feature rows into PostgreSQL as soon as they exist. Nothing in it is
 * authoritative, every row is an upsert by key. Start at {@link
 * io.tidemark.job.serving.ServingStoreSink}.
 */
@NullMarked
package io.tidemark.job.serving;

import org.jspecify.annotations.NullMarked;
