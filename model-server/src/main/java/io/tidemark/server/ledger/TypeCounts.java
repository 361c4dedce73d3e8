package io.tidemark.server.ledger;

/** Messages of one type, by fate. */
public record TypeCounts(String type, long accepted, long duplicate, long late, long rejected) {}
