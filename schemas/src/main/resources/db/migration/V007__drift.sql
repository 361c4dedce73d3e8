-- Drift: what the rows looked like that a model was trained on, windows of the stream held to that, and alarms. The model server
-- adds baselines with their version; the job adds reports and alarms, each a function of the rows alone, so that one written
-- again changes nothing.

CREATE TABLE drift_baseline (
    version          bigint           NOT NULL REFERENCES model_version,
    symbol           text             NOT NULL,      -- of the training rows
    feature          text             NOT NULL,
    position         integer          NOT NULL,      -- among the model's features, from 0
    registry_version text             NOT NULL,
    edges            float8[]         NOT NULL,      -- between the bins, rising
    counts           bigint[]         NOT NULL,      -- of the bins, that of undefined values last
    finite_values    bigint           NOT NULL,
    mean             double precision NOT NULL,
    squares          double precision NOT NULL,      -- sum of the squared distances to the mean
    window_rows      integer          NOT NULL CHECK (window_rows > 0),
    spread           float8[]         NOT NULL,      -- LongRunSpread: trace, squares; empty when it is not known
    PRIMARY KEY (version, symbol, feature)
);

CREATE TABLE drift_report (
    version               bigint           NOT NULL,
    symbol                text             NOT NULL,
    window_end            timestamptz      NOT NULL, -- grid times in (window_start, window_end]
    feature               text             NOT NULL,
    window_start          timestamptz      NOT NULL,
    samples               bigint           NOT NULL,
    effective_samples     double precision,          -- NULL here and below: cannot be told
    recent_mean           double precision,
    recent_std            double precision,
    mean_deviation_ratio  double precision,
    std_deviation_ratio   double precision,
    missing_rate_change   double precision,
    psi                   double precision,
    psi_threshold         double precision,
    p_value               double precision,
    jensen_shannon        double precision,
    kolmogorov_smirnov    double precision,
    wasserstein           double precision,
    drift                 boolean          NOT NULL, -- beyond its threshold, and significant among all features
    counts                bigint[]         NOT NULL, -- by the baseline's bins
    stored_at             timestamptz      NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (version, symbol, window_end, feature)
);

CREATE INDEX drift_report_window ON drift_report (window_end);

-- One row per drift of a feature, from the first window that showed it to the first healthy one that shares no row with the
-- last that did.
CREATE TABLE drift_alarm (
    number          bigint           NOT NULL GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    version         bigint           NOT NULL,
    symbol          text             NOT NULL,
    feature         text             NOT NULL,
    opened_window   timestamptz      NOT NULL,       -- end of the first window
    last_window     timestamptz      NOT NULL,       -- end of the last one that showed it
    windows         bigint           NOT NULL,       -- that showed it
    worst_psi       double precision NOT NULL,
    muted           boolean          NOT NULL,       -- beyond the day's budget of its symbol: kept, not announced
    closed_window   timestamptz,                     -- end of the window that was healthy again
    acknowledged_by text,
    acknowledged_at timestamptz,
    comment         text,
    UNIQUE (version, symbol, feature, opened_window)
);
