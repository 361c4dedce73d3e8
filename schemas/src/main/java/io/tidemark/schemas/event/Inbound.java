package io.tidemark.schemas.event;

/** What reading one queue message gives: a market event, or a message refused with its reason. */
public sealed interface Inbound permits MarketEvent, RejectedMessage {}
