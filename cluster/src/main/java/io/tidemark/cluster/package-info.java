/**
 * A real Flink cluster on this machine: a JobManager and TaskManagers as processes of their own,
 * from Maven's jars. For tests that kill, stop and pause them, and for people ({@code bin/tidemark
 * cluster}). Start reading at {@link io.tidemark.cluster.FlinkCluster}.
 */
@NullMarked
package io.tidemark.cluster;

import org.jspecify.annotations.NullMarked;
