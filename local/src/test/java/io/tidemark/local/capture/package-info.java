@NullMarked
package io.tidemark.local.capture;

import org.jspecify.annotations.NullMarked;
