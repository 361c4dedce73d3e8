package io.tidemark.local.drill;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.schemas.event.EventType;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How a drill ended.
 *
 * @param lines one per type
 * @param faults in their order
 * @param samples of the watch; none without one
 * @param checks what had to hold
 */
public record DrillReport(
        DrillSettings settings,
        Map<EventType, Line> lines,
        List<Inflicted> faults,
        List<SoakSample> samples,
        List<Check> checks,
        double seconds) {

    /**
     * The balance of a type.
     *
     * @param published different messages, each confirmed
     * @param arrivedTwice deliveries more than that: of messages sent again because a connection
     *     broke before their confirm
     */
    public record Line(long published, long arrivedTwice, FateCounts ledger, FateCounts archive) {}

    /**
     * A fault and how long it was felt.
     *
     * @param heldSeconds how long it was held, what was killed started again included
     * @param recoverySeconds from its beginning to the first row that a job started over wrote, or
     *     to the first row at all when it did not start over
     * @param tookSeconds of the drill: from its beginning to the platform being well again
     * @param startedOver whether the job did
     */
    public record Inflicted(
            Fault fault,
            double heldSeconds,
            double recoverySeconds,
            double tookSeconds,
            boolean startedOver) {}

    /** Something that must hold; the detail says what was found. */
    public record Check(String name, boolean holds, String detail) {}

    /** Whether all of it holds. */
    public boolean passed() {
        return checks.stream().allMatch(Check::holds);
    }

    /** The table, and what had to hold. */
    public String text() {
        StringBuilder out = new StringBuilder();
        for (Inflicted one : faults) {
            out.append(
                    line(
                            "%-32s held %5.1f s, rows %safter %5.1f s, well after %5.1f s",
                            one.fault().wireName(),
                            one.heldSeconds(),
                            one.startedOver() ? "again " : "go on ",
                            one.recoverySeconds(),
                            one.tookSeconds()));
        }
        out.append(new SoakTable(samples).text());
        out.append(
                line(
                        "%n%-10s %9s %6s | %9s %9s %6s %8s %9s | %9s",
                        "type",
                        "published",
                        "twice",
                        "accepted",
                        "duplicate",
                        "late",
                        "rejected",
                        "ledger",
                        "archive"));
        Line total = new Line(0, 0, FateCounts.NONE, FateCounts.NONE);
        for (Map.Entry<EventType, Line> one : lines.entrySet()) {
            out.append(row(one.getKey().wireName(), one.getValue()));
            Line line = one.getValue();
            total =
                    new Line(
                            total.published() + line.published(),
                            total.arrivedTwice() + line.arrivedTwice(),
                            total.ledger().plus(line.ledger()),
                            total.archive().plus(line.archive()));
        }
        out.append(row("all", total)).append(line(""));
        for (Check check : checks) {
            out.append(
                    line(
                            "%s  %s: %s",
                            check.holds() ? "ok  " : "FAIL", check.name(), check.detail()));
        }
        return out.append(line("%n%s", passed() ? "PASS" : "FAIL")).toString();
    }

    /** All of it as one line of JSON. */
    public String json() {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode();
        root.put("passed", passed()).put("seed", settings.seed()).put("seconds", seconds);
        root.put("rate", settings.eventsPerSecond());
        settings.symbols().forEach(root.putArray("symbols")::add);
        for (Inflicted one : faults) {
            root.withArray("faults")
                    .addObject()
                    .put("fault", one.fault().wireName())
                    .put("held_seconds", one.heldSeconds())
                    .put("recovery_seconds", one.recoverySeconds())
                    .put("took_seconds", one.tookSeconds())
                    .put("started_over", one.startedOver());
        }
        lines.forEach(
                (type, line) -> {
                    ObjectNode node = root.withObject("/types").putObject(type.wireName());
                    node.put("published", line.published()).put("twice", line.arrivedTwice());
                    node.set("ledger", mapper.valueToTree(line.ledger()));
                    node.set("archive", mapper.valueToTree(line.archive()));
                });
        for (Check check : checks) {
            root.withArray("checks")
                    .addObject()
                    .put("check", check.name())
                    .put("ok", check.holds())
                    .put("detail", check.detail());
        }
        try {
            return mapper.writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String row(String name, Line line) {
        FateCounts ledger = line.ledger();
        return line(
                "%-10s %,9d %,6d | %,9d %,9d %,6d %,8d %,9d | %,9d",
                name,
                line.published(),
                line.arrivedTwice(),
                ledger.accepted(),
                ledger.duplicate(),
                ledger.late(),
                ledger.rejected(),
                ledger.messages(),
                line.archive().messages());
    }

    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format + "%n", values);
    }
}
