package io.tidemark.job.archive;

import io.tidemark.features.engine.FeatureRow;
import org.apache.flink.core.fs.Path;

/**
 * The archive of feature rows, under {@code features/registry={version}/date=YYYY-MM-DD/hour=HH/},
 * by grid time in UTC: one folder and one schema a registry version, since versions differ in their
 * columns.
 */
public final class FeatureArchive {
    private FeatureArchive() {}

    /** The sink into {@code root/features}. */
    public static ArchiveSink<FeatureRow> sink(Path root, FeatureColumns columns) {
        return ArchiveSinks.sink(
                new Path(root, "features"),
                FeatureArchive::partition,
                new FeatureRowRecords(columns));
    }

    private static String partition(FeatureRow row) {
        return ArchivePartition.of("registry", row.registryVersion())
                + "/"
                + ArchivePartition.dateAndHour(row.gridTimeMicros());
    }
}
