/**
 * The wire form of market events and feature rows: JSON envelopes as the queues carry them, read
 * without trust and written exactly. Start at {@link io.tidemark.schemas.wire.EnvelopeDecoder}.
 */
@NullMarked
package io.tidemark.schemas.wire;

import org.jspecify.annotations.NullMarked;
