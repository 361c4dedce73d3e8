package io.tidemark.local.demo;

import java.io.IOException;

/** Something the user can put right keeps the platform from starting; the message says what. */
public final class StartException extends IOException {
    public StartException(String message) {
        super(message);
    }
}
