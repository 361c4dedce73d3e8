package io.tidemark.server.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a prediction costs, counted. */
final class ModelStepsTest {

    @Test
    void sumsLookAtTheirWeights() {
        assertThat(new LinearModel(0, new double[7]).steps()).isEqualTo(7);
        assertThat(new LogisticModel(2, new double[3], new double[6]).steps()).isEqualTo(6);
        assertThat(new PerceptronModel(2, 3, 1, new double[9], new double[4]).steps())
                .isEqualTo(13);
    }

    @Test
    void treesLookAtTheLongestWalkOfEach() {
        // Node 0 has the leaf 1 and the node 2, which has the leaves 3 and 4; a second tree is 3.
        int[] feature = {0, -1, 0, -1, -1};
        int[] left = {1, 0, 3, 0, 0};
        int[] right = {2, 0, 4, 0, 0};
        TreeModel.Trees trees =
                new TreeModel.Trees(
                        new int[] {0, 3},
                        new double[] {1, 1},
                        feature,
                        new double[5],
                        left,
                        right,
                        new double[] {0.5, 0.5});
        assertThat(new TreeModel(1, 1, TreeModel.Sum.MEAN, 0, 1, trees).steps())
                .as("two nodes and a leaf; a leaf")
                .isEqualTo(4);
        assertThat(new TreeModel(1, 2, TreeModel.Sum.SHARES, 0, 1, trees).steps())
                .as("a leaf is two numbers")
                .isEqualTo(6);
    }
}
