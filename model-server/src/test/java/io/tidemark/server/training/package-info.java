@NullMarked
package io.tidemark.server.training;

import org.jspecify.annotations.NullMarked;
