-- Feature registry versions, which of them is active, and what the job made of it. A version never changes; who activated
-- which, when and why is only ever added to. The model server activates, the job reads and answers.

ALTER TABLE feature_registry_version
    ADD COLUMN definition   text,                          -- YAML; NULL: made by a job that told only the names
    ADD COLUMN created_by   text NOT NULL DEFAULT '';

-- The highest number is the active one: there is one as soon as there is any, and never two. Whoever activates adds the
-- number after the one it has seen; the primary key lets one of two win.
CREATE TABLE feature_registry_activation (
    number       bigint      NOT NULL PRIMARY KEY CHECK (number > 0),
    version      text        NOT NULL REFERENCES feature_registry_version,
    activated_by text        NOT NULL,
    reason       text        NOT NULL,
    activated_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE INDEX feature_registry_activation_version ON feature_registry_activation (version);

-- What the job made of an activation; none yet: it has not seen it, or was told of a newer one first.
CREATE TABLE feature_registry_effect (
    activation     bigint      NOT NULL PRIMARY KEY REFERENCES feature_registry_activation,
    outcome        text        NOT NULL CHECK (outcome IN ('began', 'switched', 'refused')),
    effective_from timestamptz,                            -- T of a switch: rows after it are of the version, for all symbols
    detail         text        NOT NULL DEFAULT '',        -- why it was refused
    decided_by     uuid        NOT NULL,                   -- one run of the job's coordinator
    decided_at     timestamptz NOT NULL DEFAULT clock_timestamp()
);
