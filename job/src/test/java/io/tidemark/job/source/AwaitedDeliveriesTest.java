package io.tidemark.job.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AwaitedDeliveriesTest {
    private final AwaitedDeliveries awaited = new AwaitedDeliveries(100_000);

    @Test
    void eachIsTakenAsOftenAsItWasAdded() {
        awaited.add(1, 2, 10);
        awaited.add(1, 2, 10);

        assertThat(awaited.take(new ContentIdentity(1, 3))).isFalse();
        assertThat(awaited.take(new ContentIdentity(1, 2))).isTrue();
        assertThat(awaited.take(new ContentIdentity(1, 2))).isTrue();
        assertThat(awaited.take(new ContentIdentity(1, 2))).isFalse();
    }

    @Test
    void isForgottenWhenItsTimeIsOver() {
        awaited.add(1, 1, 10);
        awaited.add(2, 2, 11);

        awaited.expire(10);

        assertThat(awaited.toArray()).containsExactly(2, 2, 11);
    }

    /** Two hours' difference between the clocks of two machines must not end it. */
    @Test
    void goesOnForTheTimeLeftUnderAnotherClock() {
        awaited.add(1, 1, 100);
        awaited.add(2, 2, 140);
        long[] saved = awaited.left(60);
        assertThat(saved).hasSize(6);

        AwaitedDeliveries restored = new AwaitedDeliveries(10);
        restored.addLeft(saved, 7_200_000, 1_000);
        restored.expire(7_200_039);
        assertThat(restored.size()).isEqualTo(2);
        restored.expire(7_200_040);
        assertThat(restored.left(7_200_040)).containsExactly(2, 2, 40);
    }

    @Test
    void awaitsAllTheTimeWhatEarlierBuildsWroteAsATimeOfTheWallClock() {
        awaited.addLeft(new long[] {1, 1, 1_790_000_000_000L}, 5, 1_000);
        assertThat(awaited.left(5)).containsExactly(1, 1, 1_000);
    }

    @Test
    void remembersNoMoreThanItsBound() {
        AwaitedDeliveries two = new AwaitedDeliveries(2);
        for (int i = 1; i <= 3; i++) {
            two.add(i, i, 10);
        }

        assertThat(two.size()).isEqualTo(2);
        assertThat(two.take(new ContentIdentity(3, 3))).isFalse();
    }

    /** Few different first halves, so that searches run into each other and around the end. */
    @Test
    void agreesWithAListOfAll() {
        Random random = new Random(7);
        List<List<Long>> naive = new ArrayList<>();
        for (int i = 0; i < 200_000; i++) {
            long first = random.nextInt(40) * 0x1_0000_0001L;
            long second = random.nextInt(3);
            if (random.nextInt(100) < 52 && naive.size() < 500) {
                long until = random.nextInt(1_000_000) + 1L;
                awaited.add(first, second, until);
                naive.add(List.of(first, second, until));
            } else if (random.nextInt(1_000) == 0) {
                long now = random.nextInt(100_000);
                awaited.expire(now);
                naive.removeIf(one -> one.get(2) <= now);
            } else {
                boolean found = awaited.take(new ContentIdentity(first, second));
                assertThat(found)
                        .isEqualTo(
                                naive.stream()
                                        .anyMatch(
                                                one ->
                                                        one.get(0) == first
                                                                && one.get(1) == second));
                if (found) {
                    // Which of several equal ones is taken is not said: keep what it keeps.
                    naive = asList(awaited.toArray());
                }
            }
            assertThat(awaited.size()).isEqualTo(naive.size());
        }
        assertThat(asList(awaited.toArray())).containsExactlyInAnyOrderElementsOf(naive);
    }

    private static List<List<Long>> asList(long[] all) {
        List<List<Long>> list = new ArrayList<>();
        for (int i = 0; i < all.length; i += 3) {
            list.add(List.of(all[i], all[i + 1], all[i + 2]));
        }
        return list;
    }
}
