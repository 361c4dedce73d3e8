@NullMarked
package io.tidemark.server.models;

import org.jspecify.annotations.NullMarked;
