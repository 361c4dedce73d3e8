package io.tidemark.job.archive;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.OptionalLong;
import org.apache.flink.api.common.JobInfo;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.connector.file.sink.FileSinkCommittable;
import org.apache.flink.core.fs.Path;
import org.apache.flink.metrics.groups.SinkCommitterMetricGroup;
import org.apache.flink.streaming.api.functions.sink.filesystem.InProgressFileWriter.PendingFileRecoverable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveSinkTest {
    @TempDir java.nio.file.Path root;

    /** As when the archive's disk is not mounted while a job starts over. */
    @Test
    void aPartitionThatIsGoneIsNotTakenForNamed() throws Exception {
        Files.createDirectories(root.resolve("raw"));
        Committer<FileSinkCommittable> committer =
                RawArchive.sink(new Path(root.toUri())).createCommitter(new NoContext());
        String partition = "type=trade/date=2026-01-01/hour=00";
        assertThatThrownBy(
                        () ->
                                committer.commit(
                                        List.of(
                                                new Request(
                                                        new FileSinkCommittable(
                                                                partition, new NoFile())))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("raw/" + partition)
                .hasMessageContaining("mounted");
        committer.close();
    }

    private record NoFile() implements PendingFileRecoverable {
        @Override
        public Path getPath() {
            throw new UnsupportedOperationException();
        }

        @Override
        public long getSize() {
            throw new UnsupportedOperationException();
        }
    }

    private record Request(FileSinkCommittable committable)
            implements Committer.CommitRequest<FileSinkCommittable> {
        @Override
        public FileSinkCommittable getCommittable() {
            return committable;
        }

        @Override
        public int getNumberOfRetries() {
            return 0;
        }

        @Override
        public void signalFailedWithKnownReason(Throwable reason) {
            throw new AssertionError(reason);
        }

        @Override
        public void signalFailedWithUnknownReason(Throwable reason) {
            throw new AssertionError(reason);
        }

        @Override
        public void retryLater() {}

        @Override
        public void updateAndRetryLater(FileSinkCommittable other) {}

        @Override
        public void signalAlreadyCommitted() {}
    }

    private record NoContext() implements CommitterInitContext {
        @Override
        public SinkCommitterMetricGroup metricGroup() {
            throw new UnsupportedOperationException();
        }

        @Override
        public OptionalLong getRestoredCheckpointId() {
            return OptionalLong.empty();
        }

        @Override
        public TaskInfo getTaskInfo() {
            throw new UnsupportedOperationException();
        }

        @Override
        public JobInfo getJobInfo() {
            throw new UnsupportedOperationException();
        }
    }
}
