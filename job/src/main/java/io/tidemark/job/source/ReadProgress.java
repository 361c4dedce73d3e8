package io.tidemark.job.source;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.flink.api.common.JobID;

/**
 * How far the sources of one job in this process have read, so that a queue without events can tell
 * which time it is. Parallelism-1 sources share a slot, so usually all of a job's are here.
 *
 * <p>Each source writes its own member and reads all; nothing is locked per event.
 */
final class ReadProgress {
    private static final Map<JobID, ReadProgress> OF_JOBS = new HashMap<>();

    private final List<Member> members = new CopyOnWriteArrayList<>();

    /** One source's part. Written by its thread alone. */
    final class Member implements AutoCloseable {
        private final JobID job;
        private volatile long newestMillis = EventClock.NONE;
        private volatile long nanosOfNewest;
        private volatile long heardNanos;

        private Member(JobID job, long nowNanos) {
            this.job = job;
            this.heardNanos = nowNanos;
        }

        /** A message without a time of its own was read. */
        void heard(long nowNanos) {
            heardNanos = nowNanos;
        }

        /** An event was read. */
        void read(long eventMillis, long nowNanos) {
            heardNanos = nowNanos;
            if (eventMillis > newestMillis) {
                nanosOfNewest = nowNanos;
                newestMillis = eventMillis;
            }
        }

        /**
         * The time that a queue found empty now has reached: that of the newest event any source
         * has read, because whatever was published before it has been read too; when all have been
         * silent for long, that time goes on with the wall clock.
         *
         * @return milliseconds of event time; {@link EventClock#NONE} before any event
         */
        long reachedMillis(long nowNanos, long quietAfterNanos) {
            long newest = EventClock.NONE;
            long sinceNewest = Long.MAX_VALUE;
            long silence = Long.MAX_VALUE;
            for (Member member : members) {
                silence = Math.min(silence, nowNanos - member.heardNanos);
                long millis = member.newestMillis;
                if (millis > newest) {
                    newest = millis;
                    sinceNewest = nowNanos - member.nanosOfNewest;
                }
            }
            return newest == EventClock.NONE || silence < quietAfterNanos
                    ? newest
                    : newest + sinceNewest / 1_000_000;
        }

        /** How many sources of the job run in this process. */
        int sources() {
            return members.size();
        }

        @Override
        public void close() {
            synchronized (OF_JOBS) {
                members.remove(this);
                if (members.isEmpty()) {
                    OF_JOBS.remove(job, ReadProgress.this);
                }
            }
        }
    }

    private ReadProgress() {}

    /** Takes part in the job's progress until closed. */
    static Member join(JobID job, long nowNanos) {
        synchronized (OF_JOBS) {
            ReadProgress progress = OF_JOBS.computeIfAbsent(job, unused -> new ReadProgress());
            Member member = progress.new Member(job, nowNanos);
            progress.members.add(member);
            return member;
        }
    }
}
