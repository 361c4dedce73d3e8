package io.tidemark.job.dataset;

import java.io.IOException;

/** A dataset cannot be made of what there is; the message is for who asked. */
public final class DatasetException extends IOException {
    private static final long serialVersionUID = 1L;

    DatasetException(String message) {
        super(message);
    }
}
