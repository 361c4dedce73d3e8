package io.tidemark.local.drill;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;

/** What can be done to a platform that runs. Those that kill or cut come first. */
public enum Fault {
    /** {@code kill -9} of a TaskManager; another is started at once. */
    KILL_TASK_MANAGER(ProcessFaults::killTaskManager),
    /** {@code kill -9} of the JobManager; the job goes on from its newest checkpoint. */
    KILL_JOB_MANAGER(ProcessFaults::killJobManager),
    /** {@code kill -9} of the broker, then it is started again. */
    KILL_BROKER(BrokerFaults::kill),
    /** The broker closes every connection, the publisher's too. */
    CUT_CONNECTIONS(BrokerFaults::cutConnections),
    /** {@code kill -9} of PostgreSQL, then it is started again. */
    KILL_DATABASE(DatabaseFaults::kill),
    /** A TaskManager stands still for longer than the cluster waits for it, connections open. */
    PAUSE_TASK_MANAGER(ProcessFaults::pauseTaskManagerLong),

    /** The same for less than that: nothing starts over. */
    PAUSE_TASK_MANAGER_SHORTLY(ProcessFaults::pauseTaskManagerShortly),
    /** TaskManagers are killed ten times within half a minute. */
    KILL_TASK_MANAGERS_IN_A_ROW(ProcessFaults::killTaskManagersInARow),
    /** JobManager and TaskManagers at once, as when the power fails. */
    KILL_CLUSTER(ProcessFaults::killCluster),
    /** Broker, database and cluster at once; started again in any order. */
    KILL_EVERYTHING(ProcessFaults::killEverything),
    /** A TaskManager has a fifth of a processor for twelve seconds; the job goes on. */
    STARVE_TASK_MANAGER(ResourceFaults::starve, Need.ROOT, Need.CGROUPS),
    /** The kernel kills a TaskManager that is over its limit of memory; another is started. */
    OUT_OF_MEMORY(ResourceFaults::outOfMemory, Need.ROOT, Need.CGROUPS),
    /** A TaskManager can open no file or connection more, for eight seconds. */
    OUT_OF_FILE_HANDLES(ResourceFaults::outOfFileHandles),
    /** The job runs by a clock two hours ahead, which is then set five seconds behind. */
    SKEWED_CLOCK(ClockFaults::skew, Need.FAKETIME),

    /** The broker is stopped in order, for ten seconds. */
    STOP_BROKER(BrokerFaults::stopApplication),
    /** Every connection of the broker is closed, five times, every three seconds. */
    CUT_CONNECTIONS_AGAIN_AND_AGAIN(BrokerFaults::cutConnectionsAgainAndAgain),
    /** A queue with nothing in it is deleted while it is read; the job makes it again. */
    DELETE_QUEUE(BrokerFaults::deleteQueue),
    /** The broker stands still for twelve seconds, connections open. */
    FREEZE_BROKER(BrokerFaults::freeze),
    /** The broker is out of memory for eight seconds: publishers wait, the job's too. */
    MEMORY_ALARM(BrokerFaults::memoryAlarm),
    /** The same for disk. */
    DISK_ALARM(BrokerFaults::diskAlarm),
    /** No checkpoint completes for longer than the broker waits for acknowledgements. */
    CONSUMER_TIMEOUT(BrokerFaults::consumerTimeout),
    /** The job crashes more often than quorum queues deliver a message again. */
    DELIVERY_LIMIT(DeliveryLimit::exceed, Need.ROOT),

    /** What the job sends does not reach the broker for twelve seconds. */
    CUT_TO_BROKER(NetworkFaults::cutToBroker),
    /** What the broker sends does not reach the job for twelve seconds. */
    CUT_FROM_BROKER(NetworkFaults::cutFromBroker),
    /** The job loses its connections and makes new ones; the broker believes in the old ones. */
    ZOMBIE_CONNECTIONS(NetworkFaults::zombieConnections),
    /** Nothing passes between job and database for eight seconds, connections open. */
    CUT_DATABASE(NetworkFaults::cutDatabase),
    /** Between job and broker, and job and database, 48 KiB/s pass for twelve seconds. */
    SLOW_LINKS(NetworkFaults::slowLinks),
    /** Of what passes there three in ten pieces are lost and sent again, for twelve seconds. */
    LOSSY_LINKS(NetworkFaults::lossyLinks),

    /** The database ends the job's connections, four times. */
    TERMINATE_SESSIONS(DatabaseFaults::terminateSessions),
    /** Somebody holds the table of rows for eight seconds. */
    LOCK_TABLE(DatabaseFaults::lockTable),
    /** The database stands still every other second, for ten. */
    SLOW_DATABASE(DatabaseFaults::slow),
    /** The database is away for fifteen seconds: rows wait, then catch up. */
    DATABASE_AWAY(DatabaseFaults::away),

    /** The JobManager dies and leaves a torn checkpoint that is newer than the complete one. */
    TORN_CHECKPOINT(StorageFaults::tornCheckpoint),
    /** A release that completes no checkpoint is taken back: from the savepoint once more. */
    RELEASE_TAKEN_BACK(ReleaseFaults::takenBack, Need.ROOT),
    /** Checkpoints cannot be written for eight seconds; the job goes on. */
    CHECKPOINTS_UNWRITABLE(StorageFaults::checkpointsUnwritable),
    /** Archive files cannot be made for ten seconds. */
    ARCHIVE_UNWRITABLE(StorageFaults::archiveUnwritable),
    /** Not a byte more fits on the disk of checkpoints for eight seconds; the job goes on. */
    CHECKPOINT_DISK_FULL(DiskFaults::checkpointDiskFull, Need.ROOT),
    /** The same for the archive's. */
    ARCHIVE_DISK_FULL(DiskFaults::archiveDiskFull, Need.ROOT),
    /** The same for that of the logs, while the job starts over and has much to log. */
    LOG_DISK_FULL(DiskFaults::logDiskFull, Need.ROOT),
    /** A TaskManager makes no file of local state for ten seconds: read-only file system. */
    LOCAL_DISK_READ_ONLY(DiskFaults::localDiskReadOnly, Need.ROOT),
    /** No file of a TaskManager reaches its disk for eight seconds: {@code fsync} fails. */
    SYNC_FAILS(DiskFaults::syncFails, Need.ROOT, Need.STRACE),

    /** A message of each kind that is refused, huge and deeply nested ones too. */
    POISON(LoadFaults::poison),
    /** Twenty thousand bad messages at once. */
    POISON_FLOOD(LoadFaults::poisonFlood),
    /** Two thousand messages of before once more. */
    DUPLICATE_FLOOD(LoadFaults::duplicateFlood),
    /** Nothing is published for 18 seconds, longer than the job waits to go by the clock. */
    SILENCE(LoadFaults::silence),
    /** All symbols but one are silent for six seconds. */
    QUIET_SYMBOLS(LoadFaults::quietSymbols);

    /** Kinds that must not start the job over. */
    private static final Set<Fault> HARMLESS =
            EnumSet.of(
                    PAUSE_TASK_MANAGER_SHORTLY,
                    MEMORY_ALARM,
                    DISK_ALARM,
                    TERMINATE_SESSIONS,
                    LOCK_TABLE,
                    SLOW_DATABASE,
                    CUT_DATABASE,
                    SLOW_LINKS,
                    STARVE_TASK_MANAGER,
                    CHECKPOINTS_UNWRITABLE,
                    CHECKPOINT_DISK_FULL,
                    POISON,
                    POISON_FLOOD,
                    DUPLICATE_FLOOD,
                    SILENCE,
                    QUIET_SYMBOLS);

    @SuppressWarnings("ImmutableEnumChecker") // They are static methods: there is nothing in them.
    private final transient Infliction infliction;

    @SuppressWarnings("ImmutableEnumChecker") // Set.of(): nobody changes it.
    private final Set<Need> needs;

    Fault(Infliction infliction, Need... needs) {
        this.infliction = infliction;
        this.needs = Set.of(needs);
    }

    Infliction infliction() {
        return infliction;
    }

    /** What this machine must have for it. */
    Set<Need> needs() {
        return needs;
    }

    /** Whether the job must run through it. */
    boolean isHarmless() {
        return HARMLESS.contains(this);
    }

    /** As the command line says it: {@code kill-broker}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * A schedule of so many of the kinds, the same for the same seed. Each kind comes once before
     * any comes again.
     *
     * @param kinds at least one
     */
    public static List<Fault> schedule(List<Fault> kinds, int count, long seed) {
        if (kinds.isEmpty()) {
            throw new IllegalArgumentException("faults: wanted at least one kind, got none");
        }
        SplittableRandom random = new SplittableRandom(seed);
        List<Fault> schedule = new ArrayList<>();
        List<Fault> left = new ArrayList<>();
        while (schedule.size() < count) {
            if (left.isEmpty()) {
                left.addAll(kinds);
            }
            schedule.add(left.remove(random.nextInt(left.size())));
        }
        return schedule;
    }
}
