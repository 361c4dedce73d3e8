package io.tidemark.server.readiness;

import java.time.OffsetDateTime;

/** The newest row of one symbol, of whichever version. */
public record NewestRow(String symbol, OffsetDateTime gridTime, OffsetDateTime storedAt) {}
