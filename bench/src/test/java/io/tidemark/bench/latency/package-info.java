@NullMarked
package io.tidemark.bench.latency;

import org.jspecify.annotations.NullMarked;
