package io.tidemark.local.capture;

import java.io.IOException;

/** A file is no recording that can be read; the message says which, what was wanted, what came. */
public final class CaptureException extends IOException {
    CaptureException(String message) {
        super(message);
    }
}
