package io.tidemark.local.drill;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Disks of their own for the directories that faults of a drill fill. */
final class DrillDisks {
    private final Map<Fault, DrillDisk> disks;

    private DrillDisks(Map<Fault, DrillDisk> disks) {
        this.disks = disks;
    }

    /**
     * Mounts those that the faults need.
     *
     * @param home of the drill; its directories are not made yet
     * @param teardown ends them
     */
    static DrillDisks mount(Path home, List<Fault> faults, Teardown teardown) throws IOException {
        Map<Fault, DrillDisk> disks = new EnumMap<>(Fault.class);
        for (Map.Entry<Path, Set<Fault>> place : places(home).entrySet()) {
            if (place.getValue().stream().anyMatch(faults::contains)) {
                DrillDisk disk = DrillDisk.over(place.getKey());
                teardown.also(disk);
                place.getValue().forEach(fault -> disks.put(fault, disk));
            }
        }
        return new DrillDisks(disks);
    }

    /** The one that fault fills. */
    DrillDisk of(Fault fault) {
        DrillDisk disk = disks.get(fault);
        if (disk == null) {
            throw new IllegalStateException("no disk for " + fault.wireName());
        }
        return disk;
    }

    private static Map<Path, Set<Fault>> places(Path home) {
        Path cluster = home.resolve(DrillPlatform.CLUSTER);
        return Map.of(
                cluster.resolve("checkpoints"),
                Set.of(Fault.CHECKPOINT_DISK_FULL, Fault.DELIVERY_LIMIT, Fault.RELEASE_TAKEN_BACK),
                home.resolve(DrillPlatform.ARCHIVE),
                Set.of(Fault.ARCHIVE_DISK_FULL),
                cluster.resolve("log"),
                Set.of(Fault.LOG_DISK_FULL));
    }
}
