@NullMarked
package io.tidemark.local.database;

import org.jspecify.annotations.NullMarked;
