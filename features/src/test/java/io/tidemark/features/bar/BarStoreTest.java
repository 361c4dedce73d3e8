package io.tidemark.features.bar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BarStoreTest {
    private static final long MINUTE = 60_000_000L;
    private static final long CARRY = 5 * MINUTE;
    private static final long START = 28_333_334 * MINUTE;
    private static final int CAPACITY = 12;

    private record Newest(int lookback) implements BarFunction {
        @Override
        public void compute(Bars bars, double[] out, int offset) {
            out[offset] = bars.close(bars.size() - 1);
        }
    }

    private record Tick(long time, double price, double size) {}

    private final BarStore store = store();

    @Test
    void aBarIsItsTradesAndSeenOnceItsEndIsReached() {
        store.accept(10, 1, START);
        store.accept(12, 2, START + 1);
        store.accept(9, 3, START + MINUTE - 2);
        store.accept(11, 4, START + MINUTE - 1);
        store.advanceTo(START + MINUTE - 1);
        assertThat(store.bars().size()).isZero();
        assertThat(store.value(0)).isNaN();

        store.advanceTo(START + MINUTE);
        assertThat(text(store)).containsExactly("10.0 12.0 9.0 11.0 10.0");
        assertThat(store.value(0)).isEqualTo(11);
    }

    @Test
    void aTradeAtItsEndBelongsToTheNextBarAndClosesIt() {
        store.accept(10, 1, START);
        store.accept(20, 1, START + MINUTE);
        assertThat(text(store)).containsExactly("10.0 10.0 10.0 10.0 1.0");
    }

    @Test
    void aBarWithoutTradesStandsAtTheCloseWithinTheCarryAndEndsTheRunAfterIt() {
        store.accept(10, 1, START + 30);
        store.advanceTo(START + 5 * MINUTE);
        assertThat(text(store)).hasSize(5).last().isEqualTo("10.0 10.0 10.0 10.0 0.0 missing");
        store.advanceTo(START + 6 * MINUTE);
        assertThat(store.bars().size()).isZero();
        assertThat(store.value(0)).isNaN();

        store.accept(7, 1, START + 8 * MINUTE + 5);
        store.advanceTo(START + 9 * MINUTE);
        assertThat(text(store)).containsExactly("7.0 7.0 7.0 7.0 1.0");
        assertThat(store.value(0)).isEqualTo(7);
    }

    @Test
    void isFullWhenNoBarOfTheLookbackIsUndefined() {
        for (int i = 0; i < CAPACITY; i++) {
            assertThat(store.full()).isFalse();
            store.accept(10, 1, START + i * MINUTE);
        }
        store.advanceTo(START + CAPACITY * MINUTE);
        assertThat(store.full()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void equalsBarsCutFromTheWholeList(long seed) throws IOException {
        List<Tick> ticks = ticks(seed);
        SplittableRandom random = new SplittableRandom(seed);
        BarStore tested = store();
        int next = 0;
        long last = ticks.get(ticks.size() - 1).time() + 7 * MINUTE;
        for (long t = START; t < last; t += random.nextLong(1, 3 * MINUTE)) {
            while (next < ticks.size() && ticks.get(next).time() < t) {
                Tick tick = ticks.get(next++);
                tested.accept(tick.price(), tick.size(), tick.time());
            }
            tested.advanceTo(t);
            if (random.nextInt(4) == 0) {
                tested = savedAndRestored(tested);
            }
            List<String> wanted = naive(ticks.subList(0, next), t);
            assertThat(text(tested)).isEqualTo(wanted);
            assertThat(Double.isNaN(tested.value(0))).isEqualTo(wanted.isEmpty());
        }
    }

    @Test
    void aPlanComputesEqualFunctionsOnce() {
        BarPlan plan = new BarPlan(MINUTE, List.of(new Newest(3), new Newest(12), new Newest(3)));
        assertThat(plan.outputs()).isEqualTo(2);
        assertThat(plan.lookback()).isEqualTo(12);
        assertThat(plan.offsetOf(new Newest(12))).isEqualTo(1);
        assertThatIllegalArgumentException().isThrownBy(() -> plan.offsetOf(new Newest(4)));
        assertThatIllegalArgumentException().isThrownBy(() -> new BarPlan(0, List.of()));
    }

    /** The trailing run of defined bars before t, each cut from all trades by its definition. */
    private static List<String> naive(List<Tick> ticks, long t) {
        List<String> run = new ArrayList<>();
        for (long end = Math.floorDiv(t, MINUTE) * MINUTE; run.size() < CAPACITY; end -= MINUTE) {
            long begin = end - MINUTE;
            long closed = end;
            List<Tick> inside =
                    ticks.stream().filter(k -> k.time() >= begin && k.time() < closed).toList();
            List<Tick> before = ticks.stream().filter(k -> k.time() < closed).toList();
            if (!inside.isEmpty()) {
                run.add(0, ofTrades(inside));
            } else if (!before.isEmpty()
                    && before.get(before.size() - 1).time() >= closed - CARRY) {
                double price = before.get(before.size() - 1).price();
                run.add(0, "%s %s %s %s 0.0 missing".formatted(price, price, price, price));
            } else {
                break;
            }
        }
        return run;
    }

    private static String ofTrades(List<Tick> inside) {
        double volume = 0;
        for (Tick tick : inside) {
            volume += tick.size();
        }
        return "%s %s %s %s %s"
                .formatted(
                        inside.get(0).price(),
                        inside.stream().mapToDouble(Tick::price).max().orElseThrow(),
                        inside.stream().mapToDouble(Tick::price).min().orElseThrow(),
                        inside.get(inside.size() - 1).price(),
                        volume);
    }

    private static List<Tick> ticks(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Tick> ticks = new ArrayList<>();
        long time = START + random.nextLong(MINUTE);
        for (int i = 0; i < 300; i++) {
            ticks.add(new Tick(time, random.nextInt(90, 110), random.nextDouble(1)));
            time +=
                    switch (random.nextInt(10)) {
                        case 0 -> random.nextLong(12 * MINUTE);
                        case 1 -> (time / MINUTE + 1) * MINUTE - time;
                        default -> random.nextLong(MINUTE / 2);
                    };
        }
        return ticks;
    }

    private static BarStore store() {
        return new BarStore(new BarPlan(MINUTE, List.of(new Newest(CAPACITY))), CARRY);
    }

    private static BarStore savedAndRestored(BarStore saved) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        saved.save(new DataOutputStream(bytes));
        BarStore restored = store();
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
        restored.restore(in);
        assertThat(in.available()).isZero();
        return restored;
    }

    private static List<String> text(BarStore store) {
        Bars bars = store.bars();
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < bars.size(); i++) {
            lines.add(
                    "%s %s %s %s %s%s"
                            .formatted(
                                    bars.open(i),
                                    bars.high(i),
                                    bars.low(i),
                                    bars.close(i),
                                    bars.volume(i),
                                    bars.traded(i) ? "" : " missing"));
        }
        return lines;
    }
}
