-- Serving: what a prediction's record costs, who cleared the record, and how long answers took.

-- A record names its model by number and by hash, and versions are never deleted. The reference cost every record a lookup of
-- its own, which was most of what a batch of a thousand waited for.
ALTER TABLE prediction DROP CONSTRAINT prediction_model_version_fkey;

-- That the record of predictions was cleared is only ever added to.
CREATE TABLE audit_clearing (
    number      bigint      NOT NULL GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    cleared_by  text        NOT NULL,
    reason      text        NOT NULL,
    before_time timestamptz NOT NULL,                    -- predictions made before this were deleted
    deleted     bigint      NOT NULL,
    request_id  text        NOT NULL,
    cleared_at  timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- How long requests took, by minutes; servers that share the store add rows of their own.
CREATE TABLE route_latency (
    until_time timestamptz NOT NULL,                     -- when the row was written; it has what came since the one before
    server     uuid        NOT NULL,                     -- one run of one server
    route      text        NOT NULL,                     -- "GET /predict"
    requests   bigint      NOT NULL,
    errors     bigint      NOT NULL,                     -- answered 5xx
    histogram  bytea       NOT NULL,                     -- HdrHistogram, compressed; microseconds
    PRIMARY KEY (until_time, server, route)
);

-- What was predicted in the last minute is asked for by time; rows lie in that order.
CREATE INDEX prediction_made ON prediction USING brin (made_at) WITH (autosummarize = on);
