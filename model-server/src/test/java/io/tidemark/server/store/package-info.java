/** Upkeep of a real PostgreSQL. */
@NullMarked
package io.tidemark.server.store;

import org.jspecify.annotations.NullMarked;
