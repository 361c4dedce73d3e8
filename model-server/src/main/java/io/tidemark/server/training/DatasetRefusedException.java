package io.tidemark.server.training;

/** A dataset that is not trained on; the message says why, fit for a caller to read. */
public final class DatasetRefusedException extends Exception {
    private static final long serialVersionUID = 1;

    public DatasetRefusedException(String message) {
        super(message);
    }
}
