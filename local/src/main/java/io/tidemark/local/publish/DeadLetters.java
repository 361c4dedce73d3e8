package io.tidemark.local.publish;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.MessageProperties;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Messages a broker gave up delivering, brought back to the queues they came from. */
public final class DeadLetters {
    private static final long CONFIRM_MILLIS = 30_000;
    private static final String FROM = "x-first-death-queue";

    private DeadLetters() {}

    /**
     * Moves everything that is ready. A message leaves the dead only when the broker has confirmed
     * it in its queue: when this fails half-way one may be in both, none in neither.
     *
     * @param dead the queue that dead letters were routed to
     * @param moved told of each message, when it is in its queue
     * @return how many
     * @throws IOException when the broker fails, a message has no queue to go back to, or that is
     *     gone
     */
    public static long redrive(Connection connection, String dead, Consumer<BasicProperties> moved)
            throws IOException, InterruptedException {
        try (Channel channel = connection.createChannel()) {
            List<String> gone = new CopyOnWriteArrayList<>();
            channel.addReturnListener(returned -> gone.add(returned.getRoutingKey()));
            channel.confirmSelect();
            long count = 0;
            for (GetResponse letter = channel.basicGet(dead, false);
                    letter != null;
                    letter = channel.basicGet(dead, false)) {
                bringBack(letter, channel);
                if (!gone.isEmpty()) {
                    throw new IOException("there is no queue " + gone.get(0) + " to go back to");
                }
                channel.basicAck(letter.getEnvelope().getDeliveryTag(), false);
                moved.accept(letter.getProps());
                count++;
            }
            return count;
        } catch (TimeoutException e) {
            throw new IOException("the broker does not answer", e);
        }
    }

    private static void bringBack(GetResponse letter, Channel channel)
            throws IOException, InterruptedException, TimeoutException {
        BasicProperties properties = letter.getProps();
        Map<String, Object> headers =
                properties.getHeaders() == null ? Map.of() : properties.getHeaders();
        Object queue = headers.get(FROM);
        if (queue == null) {
            throw new IOException("a message without the header " + FROM + " is no dead letter");
        }
        BasicProperties kept =
                properties
                        .builder()
                        .deliveryMode(MessageProperties.PERSISTENT_BASIC.getDeliveryMode())
                        .build();
        channel.basicPublish("", queue.toString(), true, kept, letter.getBody());
        channel.waitForConfirmsOrDie(CONFIRM_MILLIS);
    }
}
