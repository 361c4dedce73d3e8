/**
 * The load: what is sent when. Start at {@link io.tidemark.bench.load.EventSchedule}; {@link
 * io.tidemark.bench.load.OpenLoopPublisher} keeps to it whatever the system under test does.
 */
@NullMarked
package io.tidemark.bench.load;

import org.jspecify.annotations.NullMarked;
