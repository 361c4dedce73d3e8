package io.tidemark.local.capture;

import com.fasterxml.jackson.databind.JsonNode;

/** One message of a recording: when it came, from which market, what it said. */
record RecordedMessage(long receivedMicros, Market market, JsonNode json) {}
