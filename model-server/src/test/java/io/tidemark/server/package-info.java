/** The server as its clients see it: real HTTP, real PostgreSQL, real broker. */
@NullMarked
package io.tidemark.server;

import org.jspecify.annotations.NullMarked;
