package io.tidemark.local.capture;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One Binance book's update ids: checks the chain of its changes and numbers them as Bybit would,
 * by one from message to message, with a jump where the chain is broken.
 *
 * <p>A REST snapshot is often recorded after changes that already follow it, so the changes before
 * it are kept and those it does not contain are released behind it.
 */
final class BinanceDepth {
    /** Changes kept while no snapshot is there: tens of seconds at the usual 30 to 100 a second. */
    private static final int MAX_KEPT = 2_000;

    private enum State {
        WITHOUT_SNAPSHOT,
        VALID,
        BROKEN
    }

    private final SkippedCounts skipped;
    private final Deque<RecordedMessage> kept = new ArrayDeque<>();
    private State state = State.WITHOUT_SNAPSHOT;
    private boolean firstAfterSnapshot;
    private long venueId;
    private long updateId;

    BinanceDepth(SkippedCounts skipped) {
        this.skipped = skipped;
    }

    /** A message and the update id it is published with. */
    record Numbered(RecordedMessage message, long updateId) {}

    List<Numbered> change(RecordedMessage message) {
        if (state == State.WITHOUT_SNAPSHOT) {
            keep(message);
            return List.of();
        }
        Numbered numbered = number(message);
        if (state == State.BROKEN) {
            keep(message);
        }
        return numbered == null ? List.of() : List.of(numbered);
    }

    List<Numbered> snapshot(RecordedMessage message) {
        if (state == State.VALID) {
            skipped.add("snapshots of a book that needs none");
            return List.of();
        }
        boolean first = state == State.WITHOUT_SNAPSHOT;
        state = State.VALID;
        firstAfterSnapshot = true;
        venueId = message.json().path("lastUpdateId").asLong();
        List<Numbered> numbered = new ArrayList<>();
        numbered.add(new Numbered(message, ++updateId));
        List<RecordedMessage> waiting = List.copyOf(kept);
        kept.clear();
        for (RecordedMessage change : waiting) {
            if (first) {
                skipped.add("book changes before a snapshot", -1);
            }
            Numbered next = number(change);
            if (next != null) {
                numbered.add(next);
            }
        }
        return numbered;
    }

    private void keep(RecordedMessage message) {
        if (state == State.WITHOUT_SNAPSHOT) {
            skipped.add("book changes before a snapshot");
        }
        if (kept.size() == MAX_KEPT) {
            kept.removeFirst();
        }
        kept.addLast(message);
    }

    private @Nullable Numbered number(RecordedMessage message) {
        JsonNode change = message.json();
        long last = change.path("u").asLong();
        if (last < venueId || (last == venueId && !firstAfterSnapshot)) {
            skipped.add("book changes older than the book");
            return null;
        }
        if (follows(change)) {
            updateId++;
        } else {
            updateId += 2;
            state = State.BROKEN;
            skipped.add("gaps in a book's chain (published as gaps)");
        }
        firstAfterSnapshot = false;
        venueId = last;
        return new Numbered(message, updateId);
    }

    private boolean follows(JsonNode change) {
        long first = change.path("U").asLong();
        boolean futures = change.has("pu");
        if (firstAfterSnapshot) {
            // Ids are not contiguous on futures: nothing lies between the snapshot and pu.
            return first <= venueId + 1 || (futures && change.path("pu").asLong() <= venueId);
        }
        return futures ? change.path("pu").asLong() == venueId : first == venueId + 1;
    }
}
