@NullMarked
package io.tidemark.server.model;

import org.jspecify.annotations.NullMarked;
