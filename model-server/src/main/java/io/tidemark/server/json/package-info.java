/** JSON as this server writes it. Start at {@link io.tidemark.server.json.Json}. */
@NullMarked
package io.tidemark.server.json;

import org.jspecify.annotations.NullMarked;
