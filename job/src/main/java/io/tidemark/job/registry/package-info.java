/**
 * Another feature registry for the running job: noticed in the store, timed, told to all tasks.
 * Start at {@link io.tidemark.job.registry.RegistryCoordinator}.
 */
@NullMarked
package io.tidemark.job.registry;

import org.jspecify.annotations.NullMarked;
