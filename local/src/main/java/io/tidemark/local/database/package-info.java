/**
 * A PostgreSQL server of this process's own, for a laptop without one. Start at {@link
 * io.tidemark.local.database.EmbeddedDatabase}.
 */
@NullMarked
package io.tidemark.local.database;

import org.jspecify.annotations.NullMarked;
