/** The command line: {@code bin/tidemark}. Start at {@link io.tidemark.local.cli.Tidemark}. */
@NullMarked
package io.tidemark.local.cli;

import org.jspecify.annotations.NullMarked;
