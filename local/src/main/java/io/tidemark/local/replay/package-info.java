/** Replays of the archive on a Flink mini cluster in this process. */
@NullMarked
package io.tidemark.local.replay;

import org.jspecify.annotations.NullMarked;
