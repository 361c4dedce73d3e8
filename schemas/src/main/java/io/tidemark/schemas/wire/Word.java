package io.tidemark.schemas.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * A word a field may hold.
 *
 * @param text the word in ASCII
 * @param quoted the word as it stands in a message
 */
record Word(byte[] text, ExpectedBytes quoted) {

    /** That word, of printable ASCII without quotes and backslashes. */
    static Word of(String word) {
        return new Word(
                word.getBytes(US_ASCII), ExpectedBytes.of(('"' + word + '"').getBytes(US_ASCII)));
    }
}
