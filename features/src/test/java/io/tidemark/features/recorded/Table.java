package io.tidemark.features.recorded;

import io.tidemark.features.bar.BarFunction;
import io.tidemark.features.bar.Bars;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;

/** A table of bars and values beside them, as an independent implementation wrote it. */
final class Table {
    private final List<String> columns;
    private final List<String[]> rows;

    private Table(List<String> lines) {
        columns = Arrays.stream(lines.get(0).split(",", -1)).map(String::strip).toList();
        rows = lines.stream().skip(1).map(line -> line.split(",", -1)).toList();
    }

    static Table of(String path) throws IOException {
        return new Table(
                path.endsWith(".gz")
                        ? Recording.lines(path)
                        : Files.readAllLines(Recording.file(path)));
    }

    int size() {
        return rows.size();
    }

    /** The column that is called that, or begins so and has no other name of that beginning. */
    double[] column(String name) {
        int index = columns.indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException("no column " + name + " in " + columns);
        }
        return rows.stream()
                .mapToDouble(
                        row ->
                                index >= row.length || row[index].isBlank()
                                        ? Double.NaN
                                        : Double.parseDouble(row[index].strip()))
                .toArray();
    }

    /** The values of a function after each bar: one array an output. */
    double[][] values(BarFunction function) {
        boolean lower = columns.contains("close");
        double[] opens = column(lower ? "open" : "Open");
        double[] highs = column(lower ? "high" : "High");
        double[] lows = column(lower ? "low" : "Low");
        double[] closes = column(lower ? "close" : "Close");
        String volume = lower ? "volume" : "Volume";
        double[] volumes = columns.contains(volume) ? column(volume) : new double[closes.length];
        double[][] result = new double[function.outputs()][closes.length];
        double[] out = new double[function.outputs()];
        Bars bars = new Bars(function.lookback() + 7);
        for (int i = 0; i < closes.length; i++) {
            bars.add(opens[i], highs[i], lows[i], closes[i], volumes[i]);
            function.compute(bars, out, 0);
            for (int j = 0; j < out.length; j++) {
                result[j][i] = out[j];
            }
        }
        return result;
    }
}
