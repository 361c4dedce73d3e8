/**
 * A Flink cluster inside this JVM, with its web UI and state that lasts. Start at {@link
 * io.tidemark.local.flink.EmbeddedFlink}.
 */
@NullMarked
package io.tidemark.local.flink;

import org.jspecify.annotations.NullMarked;
