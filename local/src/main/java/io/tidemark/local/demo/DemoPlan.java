package io.tidemark.local.demo;

import io.tidemark.job.features.FeatureJobSettings;
import io.tidemark.local.publish.MessageSource;
import io.tidemark.local.publish.Speed;
import io.tidemark.server.ServerSettings;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/**
 * Everything the demo is going to do, checked before anything starts.
 *
 * @param symbols rows of the table, in its order
 * @param source opens what is published; called when everything else runs, for a market begins now
 * @param sourceText what is published, for people
 */
public record DemoPlan(
        DemoSettings demo,
        FeatureJobSettings job,
        ServerSettings server,
        List<String> symbols,
        SourceOpening source,
        String sourceText,
        Speed speed) {

    /** Opens a source whose market begins, or whose recording is moved to begin, at a time. */
    public interface SourceOpening {
        MessageSource at(Instant now) throws IOException;
    }
}
