@NullMarked
package io.tidemark.server.readiness;

import org.jspecify.annotations.NullMarked;
