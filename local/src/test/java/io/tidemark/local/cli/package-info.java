@NullMarked
package io.tidemark.local.cli;

import org.jspecify.annotations.NullMarked;
