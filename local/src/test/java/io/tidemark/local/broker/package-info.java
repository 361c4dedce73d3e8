@NullMarked
package io.tidemark.local.broker;

import org.jspecify.annotations.NullMarked;
