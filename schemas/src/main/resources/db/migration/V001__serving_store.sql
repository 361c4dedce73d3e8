-- The serving store: what the job writes and the model server reads. Nothing here is authoritative: every row can be
-- rebuilt from the archive, so the job only ever upserts by key.

CREATE TABLE feature_registry_version (
    version        text        NOT NULL PRIMARY KEY,
    feature_names  text[]      NOT NULL,               -- in the order of feature_row.feature_values
    cadence_micros bigint      NOT NULL,
    created_at     timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE feature_row (
    symbol           text        NOT NULL,
    registry_version text        NOT NULL,
    grid_time        timestamptz NOT NULL,             -- T: only events before T are in the row
    feature_values   float8[]    NOT NULL,             -- NULL element = undefined
    completeness     integer     NOT NULL,             -- bits: trades 1, book 2, book valid 4, ticker 8, kline 16, warm 32
    event_count      bigint      NOT NULL,             -- accepted events in [T - cadence, T)
    max_event_time   timestamptz,                      -- latest event time used; NULL when none
    stored_at        timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (symbol, registry_version, grid_time)
);
