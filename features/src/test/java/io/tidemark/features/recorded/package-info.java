/** The module against real recordings. They lie beside the project and are never part of it. */
@NullMarked
package io.tidemark.features.recorded;

import org.jspecify.annotations.NullMarked;
