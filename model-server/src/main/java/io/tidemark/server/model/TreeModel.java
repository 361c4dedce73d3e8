package io.tidemark.server.model;

import java.util.Arrays;

/**
 * Many trees, their answers put together. A node of feature f and threshold t sends an input to its
 * left child when {@code input[f] <= t}, else to the right. Cost: the depth of each tree.
 *
 * @param inputs how many numbers it is told
 * @param outputs see {@link Model#outputs}
 * @param sum how the trees' answers become the model's
 * @param base added first, of {@link Sum#ADDED} and {@link Sum#LOGISTIC}
 * @param scale of every tree's answer: the learning rate of boosted trees
 * @param trees one after the other
 */
public record TreeModel(int inputs, int outputs, Sum sum, double base, double scale, Trees trees)
        implements Model {

    /** How the answers of the trees become the model's. */
    public enum Sum {
        /** The mean number: a forest. */
        MEAN,
        /** The mean of the trees' probabilities, each by its weight: a forest. */
        SHARES,
        /** Base and scaled sum: boosted trees. */
        ADDED,
        /** The same; twice it is the logarithm of the odds of the second of two classes. */
        LOGISTIC,
        /** A scaled sum per class, then softmax: the first of as many equal parts is class 0. */
        SOFTMAX
    }

    /**
     * The nodes of all trees.
     *
     * @param roots per tree the position of its first node
     * @param weights per tree
     * @param feature per node; -1: a leaf
     * @param threshold per node
     * @param left per node; of a leaf where its answer begins in leaves
     * @param right per node
     * @param leaves answers of the leaves
     */
    public record Trees(
            int[] roots,
            double[] weights,
            int[] feature,
            double[] threshold,
            int[] left,
            int[] right,
            double[] leaves) {

        /** Where in leaves the answer of a tree begins. */
        int leaf(int tree, double[] input) {
            int node = roots[tree];
            while (feature[node] >= 0) {
                node = input[feature[node]] <= threshold[node] ? left[node] : right[node];
            }
            return left[node];
        }

        /** Per node, of how many nodes the longest walk from it consists. */
        private int[] longestWalks() {
            int[] longest = new int[feature.length];
            for (int node = feature.length - 1; node >= 0; node--) {
                // Children come after their parent.
                longest[node] =
                        feature[node] < 0
                                ? 1
                                : 1 + Math.max(longest[left[node]], longest[right[node]]);
            }
            return longest;
        }
    }

    /** Checks that every walk ends, at a leaf. */
    public TreeModel {
        Arithmetic.require(inputs > 0 && outputs > 0, "a model has inputs and outputs");
        Arithmetic.require(
                switch (sum) {
                    case SHARES, SOFTMAX -> outputs > 1;
                    case LOGISTIC -> outputs == 2;
                    case MEAN, ADDED -> outputs == 1;
                },
                "these trees cannot have " + outputs + " outputs");
        Arithmetic.requireFinite("base and scale", base, scale);
        check(trees, inputs, sum == Sum.SHARES ? outputs : 1);
        Arithmetic.require(
                sum != Sum.SOFTMAX || trees.roots.length % outputs == 0,
                "every class has as many trees");
    }

    private static void check(Trees trees, int inputs, int leafSize) {
        int nodes = trees.feature.length;
        Arithmetic.require(
                trees.roots.length > 0 && trees.weights.length == trees.roots.length,
                "a tree has a weight, and there is one at least");
        Arithmetic.require(
                trees.threshold.length == nodes
                        && trees.left.length == nodes
                        && trees.right.length == nodes,
                "every node has a threshold and children");
        Arithmetic.requireFinite("weights", trees.weights);
        Arithmetic.requireFinite("thresholds", trees.threshold);
        Arithmetic.requireFinite("leaves", trees.leaves);
        Arithmetic.require(
                Arrays.stream(trees.weights).allMatch(weight -> weight >= 0)
                        && Arrays.stream(trees.weights).sum() > 0,
                "weights are not negative, and not all 0");
        for (int root : trees.roots) {
            Arithmetic.require(root >= 0 && root < nodes, "a tree begins at a node");
        }
        for (int node = 0; node < nodes; node++) {
            if (trees.feature[node] < 0) {
                Arithmetic.require(
                        trees.left[node] >= 0 && trees.left[node] <= trees.leaves.length - leafSize,
                        "a leaf has its answer");
                continue;
            }
            // Children come after their parent, so no walk goes in circles.
            Arithmetic.require(
                    trees.feature[node] < inputs
                            && trees.left[node] > node
                            && trees.left[node] < nodes
                            && trees.right[node] > node
                            && trees.right[node] < nodes,
                    "a node asks for an input and has children after it");
        }
    }

    @Override
    public long steps() {
        int[] longest = trees.longestWalks();
        long leafSize = sum == Sum.SHARES ? outputs : 1;
        return Arrays.stream(trees.roots).mapToLong(root -> longest[root] - 1 + leafSize).sum();
    }

    @Override
    public void predict(double[] input, double[] output, double[] scratch) {
        switch (sum) {
            case MEAN -> mean(input, output);
            case SHARES -> shares(input, output);
            case ADDED -> output[0] = added(input, base, 0, trees.roots.length);
            case LOGISTIC -> {
                double half = added(input, base, 0, trees.roots.length);
                output[0] = 1.0 / (1.0 + Math.exp(2 * half));
                output[1] = 1.0 - output[0];
            }
            case SOFTMAX -> {
                int each = trees.roots.length / outputs;
                for (int label = 0; label < outputs; label++) {
                    output[label] = added(input, 0, label * each, each);
                }
                Arithmetic.softmax(output);
            }
        }
    }

    private double added(double[] input, double start, int from, int count) {
        double sum = start;
        for (int tree = from; tree < from + count; tree++) {
            sum += scale * trees.leaves[trees.leaf(tree, input)];
        }
        return sum;
    }

    private void mean(double[] input, double[] output) {
        double sum = 0;
        for (int tree = 0; tree < trees.roots.length; tree++) {
            sum += trees.leaves[trees.leaf(tree, input)];
        }
        output[0] = sum / trees.roots.length;
    }

    private void shares(double[] input, double[] output) {
        Arrays.fill(output, 0);
        for (int tree = 0; tree < trees.roots.length; tree++) {
            int leaf = trees.leaf(tree, input);
            for (int label = 0; label < outputs; label++) {
                output[label] += trees.weights[tree] * trees.leaves[leaf + label];
            }
        }
        double all = 0;
        for (double share : output) {
            all += share;
        }
        for (int label = 0; label < outputs; label++) {
            output[label] /= all;
        }
    }
}
