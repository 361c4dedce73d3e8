/**
 * The kernels: one pure function of a market view each, with its definition, unit and null rule. To
 * add one, write it, list it in {@link io.tidemark.features.kernel.Kernels} and test it.
 */
@NullMarked
package io.tidemark.features.kernel;

import org.jspecify.annotations.NullMarked;
