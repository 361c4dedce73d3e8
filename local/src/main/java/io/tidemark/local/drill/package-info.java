/**
 * A fault drill: the platform on a local cluster, under load, with faults that are known, and the
 * balance of it afterwards. Start at {@link io.tidemark.local.drill.Drill}.
 */
@NullMarked
package io.tidemark.local.drill;

import org.jspecify.annotations.NullMarked;
