@NullMarked
package io.tidemark.local.simulator;

import org.jspecify.annotations.NullMarked;
