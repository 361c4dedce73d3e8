-- Outcomes: the label of the row at T, once it is known. Made in the stream, idempotent by key, and again from the archive
-- whenever they are lost. label is its definition as text, as in model_version: the two are joined by it.

CREATE TABLE outcome (
    symbol    text             NOT NULL,
    grid_time timestamptz      NOT NULL,                             -- T
    label     text             NOT NULL,                             -- classification:60s:threshold=0.001
    known_at  timestamptz      NOT NULL,                             -- T and the label's reach: event time
    value     double precision NOT NULL,
    stored_at timestamptz      NOT NULL DEFAULT clock_timestamp(),   -- when it was known here: tells the delay
    PRIMARY KEY (symbol, label, grid_time)
);

CREATE INDEX outcome_stored ON outcome USING brin (stored_at);

-- What a version foretells, as outcome.label has it; NULL of versions before this: then as the package says, without costs.
ALTER TABLE model_version ADD COLUMN label text;

-- A prediction made beside the one that was answered, for comparison; it was given to nobody.
ALTER TABLE prediction ADD COLUMN shadow boolean NOT NULL DEFAULT false;

CREATE INDEX prediction_version_time ON prediction (model_version, feature_time);
