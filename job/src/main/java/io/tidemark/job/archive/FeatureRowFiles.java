package io.tidemark.job.archive;

import io.tidemark.features.engine.FeatureRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.serialization.BulkWriter;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystem.WriteMode;
import org.apache.flink.core.fs.Path;

/**
 * Rows written as {@link FeatureArchive} lays them out, without a checkpoint: a file an hour, under
 * a hidden name until {@link #publish}. Written again under the same name, it replaces what a
 * failed attempt left. Not thread-safe.
 */
public final class FeatureRowFiles implements AutoCloseable {
    private final Path root;
    private final String name;
    private final BulkWriter.Factory<FeatureRow> writers;
    private final TreeMap<Long, OpenFile> open = new TreeMap<>();
    private final List<OpenFile> finished = new ArrayList<>();

    private record OpenFile(
            Path hidden, Path visible, FSDataOutputStream stream, BulkWriter<FeatureRow> writer) {}

    /**
     * @param root the folder that gets {@code features/}
     * @param name of the files: what makes them differ from those of other writers
     */
    public FeatureRowFiles(Path root, FeatureColumns columns, String name) {
        this.root = root;
        this.name = name;
        this.writers = ParquetBulkWriter.factory(new FeatureRowRecords(columns));
    }

    /** Takes a row; rows of one hour may come in any order. */
    public void write(FeatureRow row) throws IOException {
        long hour = Math.floorDiv(row.gridTimeMicros(), ArchiveFolders.HOUR);
        OpenFile file = open.get(hour);
        if (file == null) {
            file = begin(row);
            open.put(hour, file);
        }
        file.writer().addElement(row);
    }

    private OpenFile begin(FeatureRow row) throws IOException {
        Path folder =
                new Path(
                        FeatureRows.folder(root, row.registryVersion()),
                        ArchivePartition.dateAndHour(row.gridTimeMicros()));
        Path hidden = new Path(folder, ".part-" + name + ".parquet.inprogress");
        FSDataOutputStream stream = hidden.getFileSystem().create(hidden, WriteMode.OVERWRITE);
        return new OpenFile(
                hidden,
                new Path(folder, "part-" + name + ".parquet"),
                stream,
                writers.create(stream));
    }

    /** No row of an hour that ends by then will come: its file is finished, still hidden. */
    public void finishBefore(long micros) throws IOException {
        Map<Long, OpenFile> past = open.headMap(Math.floorDiv(micros, ArchiveFolders.HOUR), false);
        for (OpenFile file : past.values()) {
            file.writer().finish();
            file.stream().sync();
            file.stream().close();
            finished.add(file);
        }
        past.clear();
    }

    /** Finishes all files and gives them their names. */
    public void publish() throws IOException {
        finishBefore(Long.MAX_VALUE);
        for (OpenFile file : finished) {
            FileSystem files = file.visible().getFileSystem();
            files.delete(file.visible(), false);
            if (!files.rename(file.hidden(), file.visible())) {
                throw new IOException(
                        "cannot rename %s to %s".formatted(file.hidden(), file.visible()));
            }
        }
        finished.clear();
    }

    /** Removes what was not published. */
    @Override
    public void close() throws IOException {
        for (OpenFile file : open.values()) {
            file.stream().close();
            finished.add(file);
        }
        open.clear();
        for (OpenFile file : finished) {
            file.hidden().getFileSystem().delete(file.hidden(), false);
        }
        finished.clear();
    }
}
