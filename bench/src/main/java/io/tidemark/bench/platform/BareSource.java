package io.tidemark.bench.platform;

import com.rabbitmq.client.ConnectionFactory;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import java.util.List;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.connectors.rabbitmq.RMQSource;
import org.apache.flink.streaming.connectors.rabbitmq.common.RMQConnectionConfig;

/**
 * The baseline: Flink's own {@link RMQSource}, nothing overridden, one for each queue, bodies not
 * looked at, into a sink that discards. Checkpointed and acknowledged as the job is; correlation
 * ids are off, since the gateway's messages carry none, which makes it faster than an exactly-once
 * reader could be.
 */
final class BareSource {
    private BareSource() {}

    /**
     * Defines it.
     *
     * @param arguments the prefetch, then the queues
     */
    @SuppressWarnings(
            "deprecation") // RMQSource is a SourceFunction; there is no other of Flink's own
    static void define(
            StreamExecutionEnvironment environment, String brokerUri, List<String> arguments) {
        RMQConnectionConfig connection = connection(brokerUri, Integer.parseInt(arguments.get(0)));
        for (String queue : arguments.subList(1, arguments.size())) {
            String name = "queue-" + queue;
            environment
                    .addSource(new RMQSource<>(connection, queue, false, new Bodies()))
                    .setParallelism(1)
                    .uid(name)
                    .name(name)
                    .sinkTo(new DiscardingSink<>())
                    .setParallelism(1)
                    .uid("discard-" + queue)
                    .name("discard-" + queue);
        }
    }

    private static RMQConnectionConfig connection(String uri, int prefetch) {
        ConnectionFactory address = new ConnectionFactory();
        try {
            address.setUri(uri);
        } catch (URISyntaxException | GeneralSecurityException e) {
            throw new IllegalArgumentException("the broker's address is no AMQP address", e);
        }
        return new RMQConnectionConfig.Builder()
                .setHost(address.getHost())
                .setPort(address.getPort())
                .setVirtualHost(address.getVirtualHost())
                .setUserName(address.getUsername())
                .setPassword(address.getPassword())
                .setPrefetchCount(prefetch)
                .build();
    }

    private static final class Bodies implements DeserializationSchema<byte[]> {
        private static final long serialVersionUID = 1L;

        @Override
        public byte[] deserialize(byte[] body) {
            return body;
        }

        @Override
        public boolean isEndOfStream(byte[] body) {
            return false;
        }

        @Override
        public TypeInformation<byte[]> getProducedType() {
            return PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO;
        }
    }
}
