package io.tidemark.server.training;

import io.tidemark.server.model.TreeModel;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import smile.base.cart.CART;
import smile.base.cart.DecisionNode;
import smile.base.cart.InternalNode;
import smile.base.cart.Node;
import smile.base.cart.OrdinalNode;
import smile.base.cart.RegressionNode;

/** Smile's trees as plain arrays; every answer stays the same in each bit. */
final class FlatTrees {
    private static final int INITIAL = 1_024;

    private final int classes;
    private final List<Integer> roots = new ArrayList<>();
    private final List<Double> weights = new ArrayList<>();
    private int nodes;
    private int answers;
    private int[] feature = new int[INITIAL];
    private double[] threshold = new double[INITIAL];
    private int[] left = new int[INITIAL];
    private int[] right = new int[INITIAL];
    private double[] leaves = new double[INITIAL];

    /**
     * @param classes of trees whose leaves are shares of classes; else 0
     */
    FlatTrees(int classes) {
        this.classes = classes;
    }

    void add(CART tree, double weight) {
        roots.add(nodes);
        weights.add(weight);
        add(tree.root());
    }

    private int add(Node node) {
        int at = nodes++;
        if (at == feature.length) {
            feature = Arrays.copyOf(feature, 2 * at);
            threshold = Arrays.copyOf(threshold, 2 * at);
            left = Arrays.copyOf(left, 2 * at);
            right = Arrays.copyOf(right, 2 * at);
        }
        if (node instanceof OrdinalNode split) {
            InternalNode inner = split;
            feature[at] = inner.feature();
            threshold[at] = number(split, OrdinalNode.class, "value");
            // First the child, then the array: it may be another by then.
            int whenTrue = add(inner.trueChild());
            int whenFalse = add(inner.falseChild());
            left[at] = whenTrue;
            right[at] = whenFalse;
            return at;
        }
        feature[at] = -1;
        left[at] = answers;
        if (node instanceof RegressionNode leaf) {
            leaf(leaf.output());
        } else if (node instanceof DecisionNode leaf) {
            leaf(leaf.posteriori(new double[classes]));
        } else {
            throw new IllegalArgumentException("no tree of ours has a " + node.getClass());
        }
        return at;
    }

    private void leaf(double... answer) {
        while (answers + answer.length > leaves.length) {
            leaves = Arrays.copyOf(leaves, 2 * leaves.length);
        }
        System.arraycopy(answer, 0, leaves, answers, answer.length);
        answers += answer.length;
    }

    TreeModel.Trees trees() {
        return new TreeModel.Trees(
                roots.stream().mapToInt(Integer::intValue).toArray(),
                weights.stream().mapToDouble(Double::doubleValue).toArray(),
                Arrays.copyOf(feature, nodes),
                Arrays.copyOf(threshold, nodes),
                Arrays.copyOf(left, nodes),
                Arrays.copyOf(right, nodes),
                Arrays.copyOf(leaves, answers));
    }

    /**
     * A number Smile 2.6.0 keeps to itself. Tests compare every answer with Smile's own, so another
     * version that keeps it elsewhere does not pass them.
     */
    static double number(Object of, Class<?> type, String name) {
        try {
            Field field = type.getDeclaredField(name);
            field.setAccessible(true);
            return field.getDouble(of);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this is not the Smile this was written for", e);
        }
    }
}
