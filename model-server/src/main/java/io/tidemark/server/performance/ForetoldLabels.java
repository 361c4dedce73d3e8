package io.tidemark.server.performance;

import io.tidemark.features.label.LabelDefinition;
import io.tidemark.features.label.LabelText;
import io.tidemark.features.label.LabelType;
import io.tidemark.server.models.ModelPackage;
import io.tidemark.server.models.ModelRegistry;
import io.tidemark.server.models.StoredModel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What versions foretell; a version never changes, so each is asked for once. */
final class ForetoldLabels {
    private final ModelRegistry registry;
    private final Map<Long, Foretold> known = new ConcurrentHashMap<>();

    ForetoldLabels(ModelRegistry registry) {
        this.registry = registry;
    }

    /**
     * @param text as outcomes are called
     * @param reachMicros how far after T it looks
     */
    record Foretold(ModelPackage.Label label, String text, long reachMicros) {}

    /** A problem when there is no such version, or its package is refused. */
    Foretold of(long version) {
        Foretold found = known.get(version);
        if (found == null) {
            found = read(registry.version(version));
            known.put(version, found);
        }
        return found;
    }

    private Foretold read(StoredModel stored) {
        ModelPackage.Label label = registry.load(stored).content().label();
        String text = stored.label();
        if (text == null) {
            text = withoutCosts(label);
        }
        boolean twice = LabelType.of(label.type()) == LabelType.NEXT_CANDLE_DIRECTION;
        return new Foretold(label, text, twice ? 2 * label.horizonUs() : label.horizonUs());
    }

    /** Of a version published before labels were stored. */
    private static String withoutCosts(ModelPackage.Label label) {
        LabelType type = LabelType.of(label.type());
        return type == LabelType.RISK_ADJUSTED
                ? type.wireName()
                : LabelText.of(LabelDefinition.of(type, label.horizonUs(), label.threshold()));
    }
}
