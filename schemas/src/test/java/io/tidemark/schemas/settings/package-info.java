/** How settings are read, and how mistakes in them are told. */
@NullMarked
package io.tidemark.schemas.settings;

import org.jspecify.annotations.NullMarked;
