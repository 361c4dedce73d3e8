/**
 * How market events travel between operators and lie in state: explicit, versioned serializers over
 * {@link io.tidemark.schemas.event.EventCodec}. Start at {@link io.tidemark.job.events.EventTypes}.
 */
@NullMarked
package io.tidemark.job.events;

import org.jspecify.annotations.NullMarked;
