package io.tidemark.job.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.AMQP.BasicProperties;
import io.tidemark.job.publish.InFlight.Attempt;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class InFlightTest {
    private final InFlight inFlight = new InFlight(2, Duration.ofMillis(1));

    @Test
    void hasRoomUpToTheLimitThenFailsWhenNothingIsConfirmed() throws Exception {
        inFlight.awaitRoom();
        inFlight.sent(1, attempt("a"));
        inFlight.awaitRoom();
        inFlight.sent(2, attempt("b"));
        assertThatThrownBy(inFlight::awaitRoom)
                .isInstanceOf(IOException.class)
                .hasMessage("the broker must confirm within 1 ms, confirmed nothing of 2 messages");
    }

    @Test
    void hasRoomAgainAfterAConfirm() throws Exception {
        sendTwo();
        inFlight.confirmed(1, false);
        inFlight.awaitRoom();
        assertThat(inFlight.size()).isEqualTo(1);
    }

    @Test
    void wakesTheSenderWhenAConfirmComes() throws Exception {
        InFlight patient = new InFlight(1, Duration.ofHours(1));
        patient.sent(1, attempt("a"));
        CompletableFuture<Void> sender =
                CompletableFuture.runAsync(
                        () -> {
                            try {
                                patient.awaitRoom();
                            } catch (IOException | InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                        });
        patient.confirmed(1, false);
        sender.join();
    }

    @Test
    void takesOneConfirmForAllUpToItsNumber() throws Exception {
        sendTwo();
        inFlight.confirmed(2, true);
        inFlight.awaitConfirmedOrRefused();
        assertThat(inFlight.size()).isZero();
    }

    @Test
    void keepsARefusedMessageToBeSentAgain() throws Exception {
        sendTwo();
        inFlight.refused(2, true);
        inFlight.awaitConfirmedOrRefused();
        assertThat(inFlight.size()).isEqualTo(2);
        assertThat(inFlight.pollRefused()).isEqualTo(A);
        assertThat(inFlight.pollRefused()).isEqualTo(B);
        assertThat(inFlight.pollRefused()).isNull();
        assertThat(A.next().number()).isEqualTo(2);
    }

    @Test
    void waitsWhileTheBrokerBlocks() throws Exception {
        inFlight.blocked(true);
        assertThat(inFlight.isBlocked()).isTrue();
        assertThatThrownBy(inFlight::awaitRoom)
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("; it blocks publishers (alarm)");
        inFlight.blocked(false);
        inFlight.awaitRoom();
    }

    @Test
    void throwsTheFirstFailureFromThenOn() {
        Throwable cause = new IllegalStateException("why");
        inFlight.failed("the broker's connection closed", cause);
        inFlight.failed("later", null);
        assertThatThrownBy(inFlight::awaitRoom)
                .isInstanceOf(IOException.class)
                .hasMessage("the broker's connection closed")
                .hasRootCause(cause);
        assertThatThrownBy(inFlight::awaitConfirmedOrRefused)
                .isInstanceOf(IOException.class)
                .hasMessage("the broker's connection closed");
    }

    private static final Attempt A = attempt("a");
    private static final Attempt B = attempt("b");

    private void sendTwo() {
        inFlight.sent(1, A);
        inFlight.sent(2, B);
    }

    private static Attempt attempt(String key) {
        return new Attempt(new OutgoingMessage("", key, new BasicProperties(), new byte[0]), 1);
    }
}
