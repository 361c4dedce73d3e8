package io.tidemark.server.performance;

/**
 * How a rival does beside the active version, on the same rows, since that became active.
 *
 * @param role {@code challenger}, or {@code previous}: active before
 * @param rows both answered to, whose outcome is known
 * @param periods differences of loss that do not share a label's time
 * @param meanDifference the champion's Brier score, 0 to 1, less the rival's
 * @param evidenceBetter capital of who bets on the rival; proof at 2 over the level
 * @param evidenceWorse capital of who bets against it
 * @param verdict of the rival: {@code open}, {@code better} or {@code worse}
 */
record Contest(
        String champion,
        String rival,
        String role,
        String since,
        long rows,
        long periods,
        double meanDifference,
        double evidenceBetter,
        double evidenceWorse,
        String verdict) {}
