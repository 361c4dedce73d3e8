@NullMarked
package io.tidemark.local.publish;

import org.jspecify.annotations.NullMarked;
