package io.tidemark.bench.platform;

import io.tidemark.schemas.event.EventType;
import java.io.PrintStream;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.Scheduled;

/**
 * A Flink metric reporter that prints the few counters a run needs, summed over subtasks: {@code
 * name value} lines.
 *
 * <ul>
 *   <li>{@code read.<source>}: records a source has emitted
 *   <li>{@code late}, {@code duplicates}: of the symbol operator
 *   <li>{@code numRestarts}: of the job
 *   <li>{@code running}: sources that have a counter, once all have
 * </ul>
 */
public final class JobCounters implements MetricReporter, Scheduled {
    static final String TASKS_RUNNING = "running";

    /** How often Flink restarted the job; figures of a run with restarts are not of one job. */
    public static final String RESTARTS = "numRestarts";

    /** Prefix of the records read by a source. */
    public static final String READ = "read.";

    private static final Set<String> OWN = Set.of("late", "duplicates", "accepted", "rows");
    private static final String SOURCE = "Source: ";

    /** The job has one source, the baseline one for each queue, as many of each type. */
    private static final String OF_THE_JOB = READ + "market-queues";

    private static final int EVENT_TYPES = EventType.values().length;

    private final Map<Counter, String> names = new ConcurrentHashMap<>();
    private volatile Gauge<?> restarts = () -> 0L;
    private final PrintStream out = System.out;

    @Override
    public void open(MetricConfig config) {}

    @Override
    public void close() {}

    @Override
    public void notifyOfAddedMetric(Metric metric, String metricName, MetricGroup group) {
        if (metric instanceof Gauge<?> gauge && metricName.equals(RESTARTS)) {
            restarts = gauge;
        }
        if (!(metric instanceof Counter counter)) {
            return;
        }
        String operator = group.getAllVariables().getOrDefault("<operator_name>", "");
        int source = operator.indexOf(SOURCE);
        if (metricName.equals("numRecordsOut") && source >= 0) {
            names.put(counter, READ + operator.substring(source + SOURCE.length()));
        } else if (OWN.contains(metricName)) {
            names.put(counter, metricName);
        }
    }

    @Override
    public void notifyOfRemovedMetric(Metric metric, String metricName, MetricGroup group) {
        if (metric instanceof Counter counter) {
            names.remove(counter);
        }
    }

    @Override
    public void report() {
        Map<String, Long> sums = new TreeMap<>();
        names.forEach((counter, name) -> sums.merge(name, counter.getCount(), Long::sum));
        long sources = sums.keySet().stream().filter(name -> name.startsWith(READ)).count();
        sums.forEach((name, value) -> out.println(name + " " + value));
        if (restarts.getValue() instanceof Number count) {
            out.println(RESTARTS + " " + count.longValue());
        }
        if (sums.containsKey(OF_THE_JOB) || (sources > 0 && sources % EVENT_TYPES == 0)) {
            out.println(TASKS_RUNNING + " " + sources);
        }
        out.flush();
    }
}
