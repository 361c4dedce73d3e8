package io.tidemark.server.model;

/** A model or its package that is not taken; the message says why, fit for a caller to read. */
public final class ModelRefusedException extends Exception {
    private static final long serialVersionUID = 1;

    public ModelRefusedException(String message) {
        super(message);
    }
}
