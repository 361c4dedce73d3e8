package io.tidemark.bench.training;

import io.tidemark.server.training.Algorithm;
import io.tidemark.server.training.FoldScores;
import io.tidemark.server.training.Hyperparameters;
import io.tidemark.server.training.Splits;
import io.tidemark.server.training.Target;
import io.tidemark.server.training.Trainer;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Time and heap of one fit by algorithm, its largest candidate, beside the bare Smile call on the
 * same rows in the same process. Ours scales, fits, copies the trees into arrays and scores train's
 * tenth beside the baselines; Smile's fits. One after the other, ours first.
 */
@Command(name = "bench/run training", mixinStandardHelpOptions = true)
public final class TrainingHarness implements Callable<Integer> {
    private static final double MEBIBYTE = 1 << 20;

    @Option(names = "--rows", defaultValue = "100000")
    int rows;

    @Option(names = "--columns", defaultValue = "40")
    int columns;

    @Option(names = "--algorithms", split = ",", defaultValue = "ridge,elastic_net,logistic")
    List<String> algorithms = List.of();

    @Option(names = "--classes", description = "Of three classes; logistic always is.")
    boolean classes;

    public static void main(String... arguments) {
        System.exit(new CommandLine(new TrainingHarness()).execute(arguments));
    }

    @Override
    public Integer call() {
        System.out.printf(
                Locale.ROOT,
                "%d x %d, %d processors, %.0f MiB of heap, load average %.1f%n",
                rows,
                columns,
                Runtime.getRuntime().availableProcessors(),
                Runtime.getRuntime().maxMemory() / MEBIBYTE,
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        System.out.println(
                "| algorithm | labels | ours, s | peak heap, MiB | Smile, s | peak heap, MiB |");
        for (String name : algorithms) {
            measure(Algorithm.of(name));
        }
        return 0;
    }

    private void measure(Algorithm algorithm) {
        boolean isClass = classes || algorithm == Algorithm.LOGISTIC;
        Splits splits =
                isClass ? MadeRows.classes(rows, columns, 1) : MadeRows.numbers(rows, columns, 1);
        Target target = isClass ? Target.classesOf(splits.train().labels(), 1) : Target.numbers(1);
        List<Hyperparameters> candidates = Hyperparameters.candidates(algorithm);
        Hyperparameters with = candidates.get(candidates.size() - 1);
        Trainer trainer =
                new Trainer(
                        IntStream.range(0, columns).mapToObj(i -> "x" + i).toList(),
                        algorithm,
                        false,
                        1);
        FoldScores[] scores = new FoldScores[1];
        Cost ours = Cost.of(() -> scores[0] = trainer.fold(0, splits, target, with));
        Optional<Cost> bare = SmileCalls.of(algorithm, splits.train(), isClass, with).map(Cost::of);
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %.2f | %.0f | %s | %s | loss %.4f, best baseline %.4f%n",
                algorithm.wireName(),
                isClass ? "3 classes" : "numbers",
                ours.seconds(),
                ours.mebibytes(),
                bare.map(cost -> "%.2f".formatted(cost.seconds())).orElse("–"),
                bare.map(cost -> "%.0f".formatted(cost.mebibytes())).orElse("–"),
                scores[0].validationLoss(),
                scores[0].validationBaseline());
    }

    /** Peaks include the rows themselves and what the collector had not taken yet. */
    private record Cost(double seconds, double mebibytes) {
        static Cost of(Runnable work) {
            System.gc();
            pools().forEach(MemoryPoolMXBean::resetPeakUsage);
            long begin = System.nanoTime();
            work.run();
            double seconds = (System.nanoTime() - begin) / 1e9;
            long peak = pools().stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
            return new Cost(seconds, peak / MEBIBYTE);
        }

        private static List<MemoryPoolMXBean> pools() {
            return ManagementFactory.getMemoryPoolMXBeans().stream()
                    .filter(pool -> pool.getType() == MemoryType.HEAP)
                    .toList();
        }
    }
}
