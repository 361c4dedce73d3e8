package io.tidemark.local.drill;

import io.tidemark.features.engine.FeatureRow;
import io.tidemark.local.drill.DrillReport.Check;
import io.tidemark.local.drill.PlannedMessages.Kind;
import io.tidemark.local.drill.PlannedMessages.Planned;
import io.tidemark.schemas.event.EventType;
import io.tidemark.schemas.event.Verdict;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What was published, held to what the ledger, the archive and the serving store say of it. A
 * message may have arrived twice only when it was sent again because its connection broke before
 * its confirm, or was a dead letter; only one that was a dead letter may be late.
 */
final class DrillBalance {
    private final DrillLoad.Published published;
    private final ArchiveAudit archive;
    private final Map<EventType, FateCounts> ledger;
    private final Map<Integer, Integer> sentAgain = new HashMap<>();
    private final Map<EventType, Long> planned = new EnumMap<>(EventType.class);
    private final Map<EventType, Long> twice = new EnumMap<>(EventType.class);
    private final Map<Kind, Long> astray = new EnumMap<>(Kind.class);
    private final Map<Kind, Long> kinds = new EnumMap<>(Kind.class);
    private long missing;
    private long unexplained;

    private DrillBalance(
            DrillLoad.Published published,
            ArchiveAudit archive,
            Map<EventType, FateCounts> ledger) {
        this.published = published;
        this.archive = archive;
        this.ledger = ledger;
        published.sentAgain().forEach(number -> sentAgain.merge(number, 1, Integer::sum));
        published.broughtBack().forEach(number -> sentAgain.merge(number, 1, Integer::sum));
        for (int number = 0; number < published.planned().size(); number++) {
            look(number, published.planned().get(number));
        }
    }

    /** Finds every message published in the archive. */
    static DrillBalance of(
            DrillLoad.Published published,
            ArchiveAudit archive,
            Map<EventType, FateCounts> ledger) {
        return new DrillBalance(published, archive, ledger);
    }

    Map<EventType, DrillReport.Line> lines() {
        Map<EventType, DrillReport.Line> lines = new EnumMap<>(EventType.class);
        for (EventType type : EventType.values()) {
            lines.put(
                    type,
                    new DrillReport.Line(
                            planned.getOrDefault(type, 0L),
                            twice.getOrDefault(type, 0L),
                            ledger.getOrDefault(type, FateCounts.NONE),
                            archive.rows().getOrDefault(type, FateCounts.NONE)));
        }
        return lines;
    }

    /** Everything that must hold of messages. */
    List<Check> checks() {
        List<Check> checks = new ArrayList<>();
        long repeated = archive.accepted().repeated();
        long all = published.planned().size();
        checks.add(
                new Check(
                        "every message published was confirmed",
                        published.confirmed() == all,
                        "%,d of %,d, %,d sent again over a new connection, %,d were dead letters"
                                .formatted(
                                        published.confirmed(),
                                        all,
                                        published.sentAgain().size(),
                                        published.broughtBack().size())));
        checks.add(
                new Check(
                        "none is missing from the archive",
                        missing == 0,
                        missing + " are missing"));
        checks.add(
                new Check(
                        "none is there more often than it was sent",
                        unexplained == 0,
                        unexplained + " are"));
        checks.add(
                new Check(
                        "published + arrived twice = accepted + duplicate + late + rejected",
                        lines().values().stream()
                                .allMatch(
                                        line ->
                                                line.published() + line.arrivedTwice()
                                                        == line.ledger().messages()),
                        "of each type"));
        checks.add(
                new Check(
                        "ledger = archive",
                        lines().values().stream()
                                .allMatch(line -> line.ledger().equals(line.archive())),
                        "of each type and fate"));
        checks.add(
                new Check(
                        "planned messages met their fate",
                        astray.isEmpty(),
                        "planned %s; otherwise %s".formatted(kinds, astray)));
        checks.add(new Check("no event is accepted twice", repeated == 0, repeated + " are"));
        return checks;
    }

    /** Every row the engine makes of the accepted events is served, bit for bit. */
    static Check rows(ArchiveAudit archive, Map<String, FeatureRow> served) {
        long compared = 0;
        long different = 0;
        AcceptedEvents accepted = archive.accepted();
        for (String symbol : accepted.symbols()) {
            for (var row : ReferenceRows.of(symbol, accepted.of(symbol)).entrySet()) {
                compared++;
                if (!row.getValue().equals(served.get(row.getKey()))) {
                    different++;
                }
            }
        }
        return new Check(
                "rows are those of an undisturbed run, bit for bit",
                different == 0 && compared > 0,
                "%,d compared, %,d differ".formatted(compared, different));
    }

    private void look(int number, Planned message) {
        planned.merge(message.type(), 1L, Long::sum);
        kinds.merge(message.kind(), 1L, Long::sum);
        MessageFates fates = archive.fates();
        int copies = fates.copies(number);
        if (copies == 0) {
            missing++;
            return;
        }
        twice.merge(message.type(), (long) copies - 1, Long::sum);
        if (copies > 1 + sentAgain.getOrDefault(number, 0)) {
            unexplained++;
        }
        if (!isAsPlanned(number, message, copies)) {
            astray.merge(message.kind(), 1L, Long::sum);
        }
    }

    private boolean isAsPlanned(int number, Planned message, int copies) {
        MessageFates fates = archive.fates();
        int late = published.broughtBack().contains(number) ? fates.times(number, Verdict.LATE) : 0;
        return switch (message.kind()) {
            // Not late either: a fault must not make late what an undisturbed run takes.
            case REGULAR, DUPLICATE ->
                    fates.times(number, Verdict.ACCEPTED)
                                    + fates.times(number, Verdict.DUPLICATE)
                                    + late
                            == copies;
            case LATE ->
                    fates.times(number, Verdict.LATE) > 0
                            && fates.times(number, Verdict.ACCEPTED) == 0;
            case BAD ->
                    fates.rejections(number) == copies
                            && fates.reasons(number).stream()
                                    .allMatch(reason -> reason == message.reason());
        };
    }
}
