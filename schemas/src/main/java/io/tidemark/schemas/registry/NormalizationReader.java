package io.tidemark.schemas.registry;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads {@code none}, {@code {z_score: {mean, std}}} or {@code {min_max: {min, max}}}. */
final class NormalizationReader {
    private static final Normalization NONE = new Normalization.None();

    private NormalizationReader() {}

    /** None where nothing is written, and where problems were added. */
    static Normalization read(YamlMapping owner, @Nullable Node node) {
        if (node == null || (node instanceof ScalarNode s && s.getValue().equals("none"))) {
            return NONE;
        }
        if (node instanceof ScalarNode) {
            owner.problem(
                    YamlText.line(node),
                    "normalization: wanted none, z_score or min_max, got "
                            + YamlMapping.shown(node));
            return NONE;
        }
        YamlMapping outer = owner.child("normalization", node);
        if (outer == null) {
            return NONE;
        }
        outer.allowing(List.of("z_score", "min_max"));
        if (outer.fields().size() != 1) {
            outer.problem(outer.line(), "wanted one of z_score and min_max");
            return NONE;
        }
        Node zScore = outer.optional("z_score");
        if (zScore != null) {
            return zScore(outer.child("z_score", zScore));
        }
        Node minMax = outer.optional("min_max");
        return minMax == null ? NONE : minMax(outer.child("min_max", minMax));
    }

    private static Normalization zScore(@Nullable YamlMapping mapping) {
        if (mapping == null) {
            return NONE;
        }
        mapping.allowing(List.of("mean", "std"));
        Double mean = mapping.number(mapping.required("mean"), "mean");
        Double std = mapping.number(mapping.required("std"), "std");
        if (mean == null || std == null) {
            return NONE;
        }
        if (std <= 0) {
            mapping.problem(mapping.lineOf("std"), "std: wanted more than 0, got " + std);
            return NONE;
        }
        return new Normalization.ZScore(mean, std);
    }

    private static Normalization minMax(@Nullable YamlMapping mapping) {
        if (mapping == null) {
            return NONE;
        }
        mapping.allowing(List.of("min", "max"));
        Double min = mapping.number(mapping.required("min"), "min");
        Double max = mapping.number(mapping.required("max"), "max");
        if (min == null || max == null) {
            return NONE;
        }
        if (max <= min) {
            mapping.problem(
                    mapping.lineOf("max"), "max: wanted more than min, " + min + ", got " + max);
            return NONE;
        }
        return new Normalization.MinMax(min, max);
    }
}
