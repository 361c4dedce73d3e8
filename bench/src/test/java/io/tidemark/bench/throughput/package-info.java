@NullMarked
package io.tidemark.bench.throughput;

import org.jspecify.annotations.NullMarked;
