-- How good the data were, by symbol, type and minute of event time: sums of what the job measured, added to once for every
-- completed checkpoint, as the ledger is; quality_writer remembers which entries are in it.

CREATE TABLE minute_quality (
    symbol        text             NOT NULL,
    type          text             NOT NULL,             -- trade, orderbook, kline, ticker, funding
    minute        timestamptz      NOT NULL,
    messages      bigint           NOT NULL,             -- measured: those accepted
    gaps          bigint           NOT NULL,             -- jumps of the venue's own numbering
    missing       bigint           NOT NULL,             -- messages those left out
    silences      bigint           NOT NULL,             -- longer than usual of the type
    silent_micros bigint           NOT NULL,
    repeats       bigint           NOT NULL,             -- say what the one before said
    spikes        bigint           NOT NULL,
    worst_spike   double precision NOT NULL,             -- robust standard deviations
    crossed       bigint           NOT NULL,
    overtaken     bigint           NOT NULL,             -- came before one of an earlier event time
    clocked       bigint           NOT NULL,             -- say when they were received
    behind        bigint           NOT NULL,             -- of those, before they happened
    least_micros  bigint,                                -- event to receipt; NULL when none is clocked
    most_micros   bigint,
    total_micros  bigint           NOT NULL,
    delays        bigint[]         NOT NULL,             -- DelayHistogram
    PRIMARY KEY (symbol, type, minute)
);

CREATE TABLE quality_writer (
    writer       uuid           NOT NULL PRIMARY KEY,    -- one run of the job's task
    entries      int8multirange NOT NULL,                -- numbers of its entries that are in minute_quality
    committed_at timestamptz    NOT NULL DEFAULT clock_timestamp()
);
