/**
 * The whole platform in one JVM: broker, database, Flink job, model server and a market to look at.
 * Start at {@link io.tidemark.local.demo.Demo}.
 */
@NullMarked
package io.tidemark.local.demo;

import org.jspecify.annotations.NullMarked;
