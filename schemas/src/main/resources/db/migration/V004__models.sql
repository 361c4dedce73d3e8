-- Models: versions that were published, which of them is active, and every prediction that was answered. A version never
-- changes; who activated which, when and why is only ever added to. The packages lie in the model directory.

CREATE TABLE model_version (
    number             bigint      NOT NULL PRIMARY KEY CHECK (number > 0),   -- 3 is v3
    package_sha256     text        NOT NULL,                                  -- of package.json, which has those of its files
    algorithm          text        NOT NULL,
    dataset_id         text        NOT NULL,
    certificate_sha256 text        NOT NULL,
    metrics            jsonb       NOT NULL,
    created_at         timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- The highest number is the active one, as in feature_registry_activation: whoever activates adds the number after the one
-- it has seen, and the primary key lets one of two win.
CREATE TABLE model_activation (
    number       bigint      NOT NULL PRIMARY KEY CHECK (number > 0),
    version      bigint      NOT NULL REFERENCES model_version,
    activated_by text        NOT NULL,
    reason       text        NOT NULL,
    activated_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE TABLE prediction (
    number           bigint      NOT NULL GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    request_id       text        NOT NULL,
    item             integer     NOT NULL,               -- of a batch, from 0
    symbol           text,                               -- NULL: the caller sent the features
    model_version    bigint      NOT NULL REFERENCES model_version,
    model_sha256     text        NOT NULL,               -- of package.json
    registry_version text        NOT NULL,
    feature_time     timestamptz,                        -- T of the row; NULL: the caller sent the features
    feature_values   float8[]    NOT NULL,               -- in the model's order; NULL element = undefined
    output           float8[]    NOT NULL,
    degraded         boolean     NOT NULL,
    latency_micros   bigint      NOT NULL,               -- from the request to the answer's numbers
    made_at          timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE INDEX prediction_request ON prediction (request_id);
CREATE INDEX prediction_symbol ON prediction (symbol, number);
