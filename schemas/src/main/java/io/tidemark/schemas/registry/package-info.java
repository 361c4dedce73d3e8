/**
 * The feature registry as a document: YAML read into values, every problem listed at once with its
 * line. What a kernel does is not known here. Start at {@link
 * io.tidemark.schemas.registry.RegistryDocument}.
 */
@NullMarked
package io.tidemark.schemas.registry;

import org.jspecify.annotations.NullMarked;
