package io.tidemark.server.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.server.model.InputScaling;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/** A small data set with folds and what another library made of it. */
record ReferenceSet(double[][] rows, double[] labels, int[] folds, JsonNode expected) {

    static ReferenceSet classes(String name) {
        List<double[]> table = table(name + ".csv", ",");
        return new ReferenceSet(
                table.stream()
                        .map(row -> Arrays.copyOf(row, row.length - 1))
                        .toArray(double[][]::new),
                table.stream().mapToDouble(row -> row[row.length - 1]).toArray(),
                folds(name),
                expected(name));
    }

    static ReferenceSet diabetes() {
        return new ReferenceSet(
                lines("diabetes.csv", 0, " ").toArray(double[][]::new),
                lines("diabetes_target.csv", 0, " ").stream().mapToDouble(row -> row[0]).toArray(),
                folds("diabetes"),
                expected("diabetes"));
    }

    int[] classLabels() {
        return IntStream.range(0, labels.length).map(i -> (int) labels[i]).toArray();
    }

    int classes() {
        return (int) Arrays.stream(labels).max().orElseThrow() + 1;
    }

    double[][] scaled() {
        return InputScaling.of(rows).scaled(rows);
    }

    /** The rows in the fold, or those not in it. */
    int[] members(int fold, boolean in) {
        return IntStream.range(0, folds.length).filter(i -> (folds[i] == fold) == in).toArray();
    }

    double[][] rows(int[] members) {
        return Arrays.stream(members).mapToObj(i -> rows[i]).toArray(double[][]::new);
    }

    double[] labels(int[] members) {
        return Arrays.stream(members).mapToDouble(i -> labels[i]).toArray();
    }

    int[] classLabels(int[] members) {
        return Arrays.stream(members).map(i -> (int) labels[i]).toArray();
    }

    private static int[] folds(String name) {
        List<double[]> table = table(name + ".folds.csv", ",");
        int[] folds = new int[table.size()];
        table.forEach(row -> folds[(int) row[0]] = (int) row[1]);
        return folds;
    }

    private static JsonNode expected(String name) {
        try (InputStream in = resource(name + ".expected.json")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<double[]> table(String name, String separator) {
        return lines(name, 1, separator);
    }

    private static List<double[]> lines(String name, int skipped, String separator) {
        try (InputStream in = resource(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(skipped)
                    .map(
                            line ->
                                    Arrays.stream(line.trim().split(separator))
                                            .mapToDouble(Double::parseDouble)
                                            .toArray())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(
                ReferenceSet.class.getResourceAsStream("/training/" + name), name);
    }
}
