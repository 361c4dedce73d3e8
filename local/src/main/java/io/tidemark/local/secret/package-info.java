/** Passwords of the embedded services, made once and kept in the data directory. */
@NullMarked
package io.tidemark.local.secret;

import org.jspecify.annotations.NullMarked;
