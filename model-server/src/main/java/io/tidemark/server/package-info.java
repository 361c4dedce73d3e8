/**
 * The model server: serves what the job writes, says how fresh it is, keeps the serving store.
 * Start at {@link io.tidemark.server.ModelServer}.
 */
@NullMarked
package io.tidemark.server;

import org.jspecify.annotations.NullMarked;
