package io.tidemark.server.training;

/** Solves systems of a symmetric positive definite matrix. O(n^3). */
final class Cholesky {
    private Cholesky() {}

    /**
     * Overwrites both; the answer is in right. Only the lower triangle is read.
     *
     * @throws IllegalArgumentException when the matrix is not positive definite
     */
    static void solve(double[][] matrix, double[] right) {
        int n = right.length;
        for (int j = 0; j < n; j++) {
            double[] rowJ = matrix[j];
            for (int i = j; i < n; i++) {
                double[] rowI = matrix[i];
                double sum = rowI[j];
                for (int k = 0; k < j; k++) {
                    sum -= rowI[k] * rowJ[k];
                }
                if (i > j) {
                    rowI[j] = sum / rowJ[j];
                } else if (sum > 0) {
                    rowJ[j] = Math.sqrt(sum);
                } else {
                    throw new IllegalArgumentException(
                            "columns depend on each other; a penalty above 0 tells them apart");
                }
            }
        }
        for (int i = 0; i < n; i++) {
            double sum = right[i];
            for (int k = 0; k < i; k++) {
                sum -= matrix[i][k] * right[k];
            }
            right[i] = sum / matrix[i][i];
        }
        for (int i = n - 1; i >= 0; i--) {
            double sum = right[i];
            for (int k = i + 1; k < n; k++) {
                sum -= matrix[k][i] * right[k];
            }
            right[i] = sum / matrix[i][i];
        }
    }
}
