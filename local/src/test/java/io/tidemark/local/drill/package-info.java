@NullMarked
package io.tidemark.local.drill;

import org.jspecify.annotations.NullMarked;
