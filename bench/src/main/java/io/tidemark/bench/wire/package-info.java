/** What it costs to read and write events: JMH, one class per question. */
@NullMarked
package io.tidemark.bench.wire;

import org.jspecify.annotations.NullMarked;
