/**
 * Recordings of exchange connections, read back as the events a gateway would publish. Start at
 * {@link io.tidemark.local.capture.Capture}.
 */
@NullMarked
package io.tidemark.local.capture;

import org.jspecify.annotations.NullMarked;
