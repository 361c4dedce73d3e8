-- The ledger: how many messages met each fate. Added to by the job, once for every completed checkpoint, and by nobody
-- else; unlike a row, a count cannot be upserted by key, so ledger_writer remembers which entries are in it.

CREATE TABLE ledger_cell (
    symbol           text        NOT NULL,             -- '' for rejected messages: no symbol is known
    type             text        NOT NULL,             -- trade, orderbook, kline, ticker, funding
    minute           timestamptz NOT NULL,             -- of event time; of rejected messages, of reading
    accepted         bigint      NOT NULL,
    duplicate        bigint      NOT NULL,
    late             bigint      NOT NULL,
    rejected         bigint      NOT NULL,
    lowest_sequence  bigint,                           -- the venue's, of accepted and late; NULL when it gives none
    highest_sequence bigint,
    first_event_time timestamptz,                      -- of accepted and late; NULL when there is none
    last_event_time  timestamptz,
    PRIMARY KEY (symbol, type, minute)
);

CREATE INDEX ledger_cell_minute ON ledger_cell (minute);

-- Since the first message; not pruned, so it only grows.
CREATE TABLE ledger_total (
    type      text   NOT NULL PRIMARY KEY,
    accepted  bigint NOT NULL,
    duplicate bigint NOT NULL,
    late      bigint NOT NULL,
    rejected  bigint NOT NULL
);

CREATE TABLE ledger_writer (
    writer       uuid           NOT NULL PRIMARY KEY,  -- one run of the job's ledger task
    entries      int8multirange NOT NULL,              -- numbers of its entries that are in the tables above
    committed_at timestamptz    NOT NULL DEFAULT clock_timestamp()
);
