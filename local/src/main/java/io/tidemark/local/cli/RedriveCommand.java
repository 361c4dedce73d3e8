package io.tidemark.local.cli;

import com.rabbitmq.client.Connection;
import io.tidemark.local.publish.DeadLetters;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Brings dead letters back. */
@Command(
        name = "redrive",
        mixinStandardHelpOptions = true,
        description = {
            "Move the messages of a dead-letter queue back to the queues they came from.",
            "",
            "Each leaves it when the broker has confirmed it in its queue, so a broken connection may"
                    + " leave one in both and loses none. The job finds them late or duplicate, or"
                    + " accepts them."
        })
final class RedriveCommand implements Callable<Integer> {
    @Parameters(paramLabel = "QUEUE", description = "The queue of dead letters.")
    String queue = "";

    @Mixin BrokerOptions broker = new BrokerOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (Connection connection = broker.connect()) {
            long moved = DeadLetters.redrive(connection, queue, letter -> {});
            System.out.printf("%,d messages are back%n", moved);
            return 0;
        }
    }
}
