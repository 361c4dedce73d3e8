/**
 * The versions of the feature registry, and which is the active one. Start at {@link
 * io.tidemark.server.registry.RegistryResource}.
 */
@NullMarked
package io.tidemark.server.registry;

import org.jspecify.annotations.NullMarked;
