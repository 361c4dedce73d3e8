package io.tidemark.local.drill;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Samples of a soak as text: a line each, then where each figure is heading. */
final class SoakTable {
    private final List<SoakSample> samples;

    SoakTable(List<SoakSample> samples) {
        this.samples = samples;
    }

    /** Least squares over the last two thirds, when everything is warm. */
    record Trend(double least, double mean, double most, double perHour) {
        static Trend of(List<Double> seconds, List<Double> values) {
            double meanTime = mean(seconds);
            double mean = mean(values);
            double covariance = 0;
            double variance = 0;
            for (int i = 0; i < values.size(); i++) {
                double time = seconds.get(i) - meanTime;
                covariance += time * (values.get(i) - mean);
                variance += time * time;
            }
            return new Trend(
                    values.stream().mapToDouble(v -> v).min().orElse(Double.NaN),
                    mean,
                    values.stream().mapToDouble(v -> v).max().orElse(Double.NaN),
                    variance == 0 ? 0 : 3_600 * covariance / variance);
        }

        private static double mean(List<Double> values) {
            return values.stream().mapToDouble(v -> v).average().orElse(Double.NaN);
        }
    }

    /** Empty when there are no samples. */
    String text() {
        if (samples.isEmpty()) {
            return "";
        }
        List<String> names = List.copyOf(samples.get(0).figures().keySet());
        StringBuilder out = new StringBuilder(String.format(Locale.ROOT, "%7s", "s"));
        names.forEach(name -> out.append(String.format(Locale.ROOT, " %10s", name)));
        out.append('\n');
        for (SoakSample sample : samples) {
            out.append(String.format(Locale.ROOT, "%7.0f", sample.seconds()));
            Map<String, Double> figures = sample.figures();
            names.forEach(
                    name -> out.append(String.format(Locale.ROOT, " %10.1f", figures.get(name))));
            out.append('\n');
        }
        List<SoakSample> warm = samples.subList(samples.size() / 3, samples.size());
        List<Double> times = warm.stream().map(SoakSample::seconds).toList();
        out.append(
                String.format(
                        Locale.ROOT,
                        "%nlast two thirds %10s %10s %10s %12s%n",
                        "least",
                        "mean",
                        "most",
                        "an hour"));
        for (String name : names) {
            List<Double> values = new ArrayList<>();
            warm.forEach(sample -> values.add(sample.figures().getOrDefault(name, Double.NaN)));
            Trend trend = Trend.of(times, values);
            out.append(
                    String.format(
                            Locale.ROOT,
                            "%-15s %10.1f %10.1f %10.1f %+12.1f%n",
                            name,
                            trend.least(),
                            trend.mean(),
                            trend.most(),
                            trend.perHour()));
        }
        return out.append('\n').toString();
    }
}
