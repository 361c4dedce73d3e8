package io.tidemark.features.sequential;

/**
 * Whether a challenger's loss is smaller or larger than the champion's, by their differences as
 * they come. It may be looked at after each of them, and stopped whenever one likes: under either
 * null (the mean of the next difference, given all before, is not above 0; is not below 0) the
 * probability that it is ever refuted is at most half the level. Nothing else is assumed of the
 * differences: no distribution, no independence, no constant variance. What the caller owes is that
 * a difference's mean given those before is what is asked about; so labels that overlap in time
 * must not be handed in one by one, see {@link PairedLosses}.
 *
 * <p>Two bettors, one on each side, stake a share of what they have on the next difference: the
 * capital, the product of (1 + share x difference), is a supermartingale under the null, and by
 * Ville's inequality reaches 2 / level with probability level / 2. The share is what would have
 * grown fastest so far, mean / (variance + mean^2), between 0 and 1/2, from the differences before.
 * Source: Waudby-Smith and Ramdas, Estimating means of bounded random variables by betting, J. R.
 * Stat. Soc. B 86 (2024), sections 4 and B.3 (aGRAPA).
 *
 * <p>Pure, O(1) for a difference. The first verdict stays.
 */
public final class LossComparison {
    private static final double MOST_STAKED = 0.5;

    private final double logGoal;

    private LossComparison(double level) {
        logGoal = Math.log(2 / level);
    }

    /**
     * A test that is wrong with at most that probability.
     *
     * @throws IllegalArgumentException when it is not between 0 and 1
     */
    public static LossComparison atLevel(double level) {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("a level is between 0 and 1, got " + level);
        }
        return new LossComparison(level);
    }

    /**
     * What is known after some differences.
     *
     * @param mean of the differences; 0 when there are none
     * @param squares sum of squared distances from the mean
     * @param logBetter logarithm of the capital of who bets on better
     * @param logWorse of who bets on worse
     */
    public record State(
            long count,
            double mean,
            double squares,
            double logBetter,
            double logWorse,
            Verdict verdict) {
        /** Before the first. */
        public static final State EMPTY = new State(0, 0, 0, 0, 0, Verdict.OPEN);
    }

    /**
     * Takes the next difference.
     *
     * @param difference the champion's loss less the challenger's, from -1 to 1: above 0 the
     *     challenger did better
     * @throws IllegalArgumentException when it is out of that range, or NaN
     */
    public State observe(State before, double difference) {
        if (!(difference >= -1 && difference <= 1)) {
            throw new IllegalArgumentException(
                    "a difference must be from -1 to 1, got " + difference);
        }
        // As if one difference of 0 and one whole variance had been seen before the first.
        double weight = before.count() + 1.0;
        double mean = before.mean() * before.count() / weight;
        double variance = (1 + before.squares()) / weight;
        double share = mean / (variance + mean * mean);
        double better =
                before.logBetter()
                        + Math.log1p(Math.min(MOST_STAKED, Math.max(0, share)) * difference);
        double worse =
                before.logWorse()
                        + Math.log1p(-Math.min(MOST_STAKED, Math.max(0, -share)) * difference);
        long count = before.count() + 1;
        double distance = difference - before.mean();
        double newMean = before.mean() + distance / count;
        return new State(
                count,
                newMean,
                before.squares() + distance * (difference - newMean),
                better,
                worse,
                verdict(before.verdict(), better, worse));
    }

    private Verdict verdict(Verdict before, double better, double worse) {
        if (before != Verdict.OPEN) {
            return before;
        }
        return better >= logGoal ? Verdict.BETTER : worse >= logGoal ? Verdict.WORSE : Verdict.OPEN;
    }
}
