/**
 * What holds for the project as a whole: who may see whom, and that the documents say what the code
 * does. Here, because this module sees all others but the benchmarks.
 */
@NullMarked
package io.tidemark.local.architecture;

import org.jspecify.annotations.NullMarked;
