package io.tidemark.bench.training;

import io.tidemark.server.training.Rows;
import io.tidemark.server.training.Splits;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/** Rows with a weak signal in three of the columns, as returns have: most of a label is noise. */
final class MadeRows {
    private static final double NOISE = 3;

    private MadeRows() {}

    /** So many train rows, and a tenth as many for validation. */
    static Splits numbers(int rows, int columns, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return new Splits(
                rows(random, rows, columns, false),
                rows(random, rows / 10, columns, false),
                new Rows(new long[0], new double[0][], new double[0]));
    }

    /** The same with down, flat and up for labels. */
    static Splits classes(int rows, int columns, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return new Splits(
                rows(random, rows, columns, true),
                rows(random, rows / 10, columns, true),
                new Rows(new long[0], new double[0][], new double[0]));
    }

    private static Rows rows(SplittableRandom random, int count, int columns, boolean classes) {
        double[][] features = new double[count][columns];
        double[] labels = new double[count];
        for (int i = 0; i < count; i++) {
            for (int column = 0; column < columns; column++) {
                features[i][column] = random.nextGaussian();
            }
            double value =
                    features[i][0]
                            + features[i][1] * features[i][2]
                            + NOISE * random.nextGaussian();
            labels[i] = !classes ? value : value > 1 ? 1 : value < -1 ? -1 : 0;
        }
        return new Rows(LongStream.range(0, count).toArray(), features, labels);
    }
}
