@NullMarked
package io.tidemark.local.flink;

import org.jspecify.annotations.NullMarked;
