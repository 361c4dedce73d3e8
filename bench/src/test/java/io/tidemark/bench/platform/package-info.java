@NullMarked
package io.tidemark.bench.platform;

import org.jspecify.annotations.NullMarked;
