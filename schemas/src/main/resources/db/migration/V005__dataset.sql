-- Datasets that were asked for over HTTP, and how far they are. The model server adds rows and wishes; a worker beside the
-- archive takes the oldest queued one, builds it and says how far it is. The files are in datasets/ of the archive.

CREATE TABLE dataset (
    dataset_id     text             NOT NULL PRIMARY KEY,
    symbol         text             NOT NULL,
    request        jsonb            NOT NULL,          -- settings of the worker: {"dataset.symbol": "BTCUSDT", ...}
    registry_yaml  text             NOT NULL,
    cadence_micros bigint           NOT NULL,
    status         text             NOT NULL DEFAULT 'queued'
        CHECK (status IN ('queued', 'building', 'ready', 'failed', 'cancelled', 'deleting')),
    fraction       double precision NOT NULL DEFAULT 0,
    doing          text             NOT NULL DEFAULT '',
    error          text,                               -- of failed
    rows           jsonb,                              -- by split, of ready
    cancel         boolean          NOT NULL DEFAULT false,
    trace_id       text             NOT NULL,
    attempts       integer          NOT NULL DEFAULT 0,
    worker         uuid,                               -- who builds it
    seen_at        timestamptz,                        -- when the worker last said so
    announced      boolean          NOT NULL DEFAULT false,  -- whether features.dataset.ready was told
    requested_at   timestamptz      NOT NULL DEFAULT clock_timestamp(),
    started_at     timestamptz,
    finished_at    timestamptz
);

CREATE INDEX dataset_requested ON dataset (requested_at);
