package io.tidemark.local.broker;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.MessageProperties;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A JVM with a broker that confirms messages and is killed while it takes more. */
final class PublishForever {
    static final String QUEUE = "kept";
    static final int CONFIRMED = 500;

    private PublishForever() {}

    public static void main(String[] args) throws Exception {
        EmbeddedBroker broker = EmbeddedBroker.start(Path.of(args[0]), Integer.parseInt(args[1]));
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUri(broker.uri());
        Connection connection = factory.newConnection();
        Channel channel = connection.createChannel();
        channel.queueDeclare(QUEUE, true, false, false, null);
        channel.confirmSelect();
        for (int i = 0; ; i++) {
            channel.basicPublish(
                    "",
                    QUEUE,
                    MessageProperties.PERSISTENT_TEXT_PLAIN,
                    Integer.toString(i).getBytes(StandardCharsets.UTF_8));
            if (i == CONFIRMED - 1) {
                channel.waitForConfirmsOrDie();
                System.out.println("confirmed");
            }
        }
    }
}
