package io.tidemark.local.capture;

import java.util.List;

/** Turns an exchange's messages into events of the Bybit v5 form. May remember earlier messages. */
interface MessageMapper {
    /** The events of that message, in its order; none when it says nothing about the market. */
    List<CapturedEvent> events(RecordedMessage message);
}
