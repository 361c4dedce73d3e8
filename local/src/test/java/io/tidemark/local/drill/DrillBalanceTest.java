package io.tidemark.local.drill;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.features.engine.EventIdentity;
import io.tidemark.features.engine.FeatureRow;
import io.tidemark.local.drill.DrillReport.Check;
import io.tidemark.local.publish.OutgoingMessage;
import io.tidemark.schemas.event.EventType;
import io.tidemark.schemas.event.MarketEvent;
import io.tidemark.schemas.event.RejectReason;
import io.tidemark.schemas.event.Verdict;
import io.tidemark.schemas.wire.DecodeLimits;
import io.tidemark.schemas.wire.EnvelopeDecoder;
import io.tidemark.schemas.wire.RefusedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A balance that holds, and each way in which it does not. */
class DrillBalanceTest {
    private static final long START = 1_790_000_000_000_000L;
    private static final int MESSAGES = 5_000;

    private final PlannedMessages plan =
            new PlannedMessages(
                    DrillSettings.of(
                            Path.of("."), Path.of("."), 500, List.of("BTCUSDT"), List.of(), 7),
                    START);
    private final ArchiveAudit archive = new ArchiveAudit();
    private final List<Integer> sentAgain = new ArrayList<>();
    private final Set<Integer> broughtBack = new HashSet<>();
    private final List<MarketEvent> accepted = new ArrayList<>();
    private Map<EventType, FateCounts> ledger = Map.of();
    private final List<OutgoingMessage> bad = new ArrayList<>();

    /** What a job makes of all messages that nothing disturbed. */
    @BeforeEach
    void run() {
        for (int i = 0; i < MESSAGES; i++) {
            take(plan.next().orElseThrow());
            plan.extra(true).ifPresent(this::take);
        }
        ledger = new EnumMap<>(archive.rows());
    }

    private void take(OutgoingMessage message) {
        try {
            MarketEvent event = decoded(message);
            archive.add(event, verdict(event));
        } catch (RefusedException e) {
            bad.add(message);
            archive.addRejected(message.type(), message.traceId(), e.reason());
        }
    }

    private static MarketEvent decoded(OutgoingMessage message) throws RefusedException {
        return new EnvelopeDecoder(new DecodeLimits(1 << 20, 60_000_000))
                .decode(message.type(), message.body(), START + 3_600_000_000L);
    }

    private Verdict verdict(MarketEvent event) {
        if (event.eventTimeMicros() < START - 2_000_000) {
            return Verdict.LATE;
        }
        if (accepted.stream().anyMatch(one -> EventIdentity.same(one, event))) {
            return Verdict.DUPLICATE;
        }
        accepted.add(event);
        return Verdict.ACCEPTED;
    }

    @Test
    void holdsWhenNothingIsAmiss() {
        assertThat(failed()).isEmpty();
        FateCounts all = ledger.values().stream().reduce(FateCounts.NONE, FateCounts::plus);
        assertThat(all.messages()).isEqualTo(plan.planned().size());
        assertThat(all.duplicate()).isPositive();
        assertThat(all.late()).isPositive();
        assertThat(all.rejected()).isPositive();
    }

    @Test
    void holdsWhenAMessageSentAgainIsThereTwice() {
        MarketEvent event = accepted.get(0);
        archive.add(event, Verdict.DUPLICATE);
        ledger = new EnumMap<>(archive.rows());
        sentAgain.add(PlannedMessages.number(String.valueOf(event.header().traceId())));
        assertThat(failed()).isEmpty();
    }

    @Test
    void doesNotWhenAMessageSentOnceIsThereTwice() {
        archive.addRejected(bad.get(0).type(), bad.get(0).traceId(), plannedReason(bad.get(0)));
        ledger = new EnumMap<>(archive.rows());
        assertThat(failed()).containsExactly("none is there more often than it was sent");
    }

    @Test
    void doesNotWhenOneIsRefusedForAnotherReason() {
        OutgoingMessage message = plan.bad();
        archive.addRejected(
                message.type(),
                message.traceId(),
                plannedReason(message) == RejectReason.TOO_DEEP
                        ? RejectReason.MALFORMED
                        : RejectReason.TOO_DEEP);
        ledger = new EnumMap<>(archive.rows());
        assertThat(failed()).containsExactly("planned messages met their fate");
    }

    private RejectReason plannedReason(OutgoingMessage message) {
        return requireNonNull(
                plan.planned().get(PlannedMessages.number(message.traceId())).reason());
    }

    @Test
    void everyPoisonIsRefusedForItsReason() {
        List<OutgoingMessage> poisons = plan.oneOfEachPoison();
        assertThat(poisons).hasSizeGreaterThan(20);
        for (OutgoingMessage poison : poisons) {
            assertThatThrownBy(() -> decoded(poison))
                    .isInstanceOfSatisfying(
                            RefusedException.class,
                            refused ->
                                    assertThat(refused.reason()).isEqualTo(plannedReason(poison)));
        }
    }

    @Test
    void doesNotWhenAMessageIsMissing() {
        OutgoingMessage lost = plan.next().orElseThrow();
        assertThat(lost.traceId()).isEqualTo("drill-" + (plan.planned().size() - 1));
        assertThat(failed())
                .containsExactly(
                        "none is missing from the archive",
                        "published + arrived twice = accepted + duplicate + late + rejected");
    }

    @Test
    void doesNotWhenTheLedgerCountsOneTooMany() {
        ledger = new EnumMap<>(archive.rows());
        ledger.merge(EventType.TRADE, new FateCounts(1, 0, 0, 0), FateCounts::plus);
        assertThat(failed())
                .containsExactly(
                        "published + arrived twice = accepted + duplicate + late + rejected",
                        "ledger = archive");
    }

    @Test
    void doesNotWhenTheLedgerTakesALateOneForAccepted() {
        ledger = new EnumMap<>(archive.rows());
        ledger.merge(EventType.TRADE, new FateCounts(1, 0, -1, 0), FateCounts::plus);
        assertThat(failed()).containsExactly("ledger = archive");
    }

    @Test
    void doesNotWhenAFaultMadeARegularMessageLate() throws RefusedException {
        archive.add(decoded(plan.next().orElseThrow()), Verdict.LATE);
        ledger = new EnumMap<>(archive.rows());
        assertThat(failed()).containsExactly("planned messages met their fate");
    }

    @Test
    void holdsWhenADeadLetterIsLate() throws RefusedException {
        OutgoingMessage message = plan.next().orElseThrow();
        archive.add(decoded(message), Verdict.LATE);
        ledger = new EnumMap<>(archive.rows());
        broughtBack.add(PlannedMessages.number(message.traceId()));
        assertThat(failed()).isEmpty();
    }

    @Test
    void doesNotWhenAnEventIsAcceptedTwice() {
        archive.add(accepted.get(0), Verdict.ACCEPTED);
        ledger = new EnumMap<>(archive.rows());
        sentAgain.add(PlannedMessages.number(String.valueOf(accepted.get(0).header().traceId())));
        assertThat(failed()).containsExactly("no event is accepted twice");
    }

    @Test
    void comparesRowsWithThoseOfTheEngine() {
        Map<String, FeatureRow> served = new TreeMap<>();
        AcceptedEvents events = archive.accepted();
        events.symbols()
                .forEach(symbol -> served.putAll(ReferenceRows.of(symbol, events.of(symbol))));
        assertThat(DrillBalance.rows(archive, served).holds()).isTrue();
        served.remove(served.keySet().iterator().next());
        assertThat(DrillBalance.rows(archive, served).holds()).isFalse();
        assertThat(DrillBalance.rows(new ArchiveAudit(), served).holds()).isFalse();
    }

    private List<String> failed() {
        DrillLoad.Published published =
                new DrillLoad.Published(
                        plan.planned(), plan.planned().size(), sentAgain, broughtBack);
        return DrillBalance.of(published, archive, ledger).checks().stream()
                .filter(check -> !check.holds())
                .map(Check::name)
                .toList();
    }
}
