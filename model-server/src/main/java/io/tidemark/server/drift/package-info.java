/** Drift of the active model's features, and its alarms. */
@NullMarked
package io.tidemark.server.drift;

import org.jspecify.annotations.NullMarked;
