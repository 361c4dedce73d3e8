/**
 * The serving store as a dependency: pool, migrations, retention. Start at {@link
 * io.tidemark.server.store.ServingStore}.
 */
@NullMarked
package io.tidemark.server.store;

import org.jspecify.annotations.NullMarked;
