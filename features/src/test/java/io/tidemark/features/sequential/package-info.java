/** Tests of what may be looked at at any time. */
@NullMarked
package io.tidemark.features.sequential;

import org.jspecify.annotations.NullMarked;
