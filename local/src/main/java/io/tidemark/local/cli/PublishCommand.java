package io.tidemark.local.cli;

import com.rabbitmq.client.Connection;
import io.tidemark.local.capture.Capture;
import io.tidemark.local.cli.ReplayOptions.Times;
import io.tidemark.local.publish.CaptureSource;
import io.tidemark.local.publish.GatewayQueues;
import io.tidemark.local.publish.GatewayQueues.QueueLimits;
import io.tidemark.local.publish.Publication;
import io.tidemark.local.publish.Publication.Progress;
import io.tidemark.local.publish.Speed;
import io.tidemark.local.publish.StopSignal;
import io.tidemark.schemas.event.MarketQueues;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Publishes recordings to a broker. */
@Command(
        name = "publish",
        mixinStandardHelpOptions = true,
        description = {
            "Publish recorded market data to RabbitMQ, as the gateway would.",
            "",
            "Reads Bybit v5 recordings (JSON lines or text) and Binance raw streams, plain or gzip; the"
                    + " kind is told from the content. Several files are one recording, merged by"
                    + " receive time."
        })
final class PublishCommand implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Recordings.")
    List<Path> files = List.of();

    @Option(
            names = "--speed",
            paramLabel = "FACTOR",
            defaultValue = "1",
            converter = SpeedConverter.class,
            description =
                    "1 as recorded (default), 10 ten times as fast, max as fast as the broker takes"
                            + " it.")
    Speed speed = Speed.RECORDED;

    @Option(
            names = "--times",
            paramLabel = "TIMES",
            defaultValue = "recorded",
            description =
                    "recorded (default) keeps all times; publishing again gives duplicates. now moves"
                            + " all times so that the first event's is now, with identities of its"
                            + " own; candles then no longer begin on a full minute. Not above speed"
                            + " 1: events would lie in the future and be rejected.")
    Times times = Times.RECORDED;

    @Option(
            names = "--max-backlog",
            paramLabel = "MESSAGES",
            defaultValue = "50000",
            description =
                    "Wait while a queue has more messages ready (default: 50000). The gateway's queues"
                            + " drop their oldest beyond 100000.")
    long maxBacklog = 50_000;

    @Option(
            names = "--queues-per-type",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "Queues of each type, as the job's source.queues-per-type (default: 1). With more,"
                            + " a symbol's queue is its CRC-32 modulo N.")
    int queuesPerType = 1;

    @Option(
            names = "--queue-ttl-ms",
            paramLabel = "MS",
            defaultValue = "86400000",
            description = "x-message-ttl of a queue that is absent (default: 86400000).")
    long queueTtlMillis = QueueLimits.GATEWAY.ttlMillis();

    @Option(
            names = "--queue-max-length",
            paramLabel = "MESSAGES",
            defaultValue = "100000",
            description = "x-max-length of a queue that is absent (default: 100000).")
    int queueMaxLength = QueueLimits.GATEWAY.maxLength();

    @Option(
            names = "--queue-overflow",
            paramLabel = "POLICY",
            defaultValue = "drop-head",
            description = "x-overflow of a queue that is absent (default: drop-head).")
    String queueOverflow = QueueLimits.GATEWAY.overflow();

    @Spec CommandSpec spec = CommandSpec.create();

    @Mixin BrokerOptions broker = new BrokerOptions();

    @Mixin ReplayOptions replay = new ReplayOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        ReplayOptions.requirePossible(times, speed, spec.commandLine());
        PrintStream out = System.out;
        Capture capture = replay.capture(files);
        out.println("%,d messages of %s".formatted(capture.messages(), capture.symbols()));
        StopSignal stop = new StopSignal();
        Interruption.gives(stop);
        ProgressLine line = new ProgressLine(out, Terminal.isOutput());
        Optional<Instant> firstAt =
                times == Times.NOW ? Optional.of(Instant.now()) : Optional.empty();
        Progress[] last = new Progress[1];
        try (CaptureSource source = new CaptureSource(capture, firstAt);
                Connection connection = broker.connect()) {
            MarketQueues queues = new MarketQueues(MarketQueues.GATEWAY_PREFIX, queuesPerType);
            GatewayQueues.ensure(
                    connection,
                    queues,
                    new QueueLimits(queueTtlMillis, queueMaxLength, queueOverflow));
            Progress end =
                    new Publication(
                                    source,
                                    queues,
                                    speed,
                                    maxBacklog,
                                    stop,
                                    progress -> {
                                        last[0] = progress;
                                        line.show(progress);
                                    })
                            .run(connection);
            line.end();
            out.println(summary(end, source));
            return end.ended() ? 0 : Tidemark.INTERRUPTED;
        } catch (IOException e) {
            line.end();
            throw new IOException(
                    e.getMessage()
                            + (last[0] == null
                                    ? "; nothing was published"
                                    : "; published %,d, confirmed %,d"
                                            .formatted(last[0].published(), last[0].confirmed())),
                    e.getCause());
        }
    }

    private static String summary(Progress end, CaptureSource source) {
        return "%s: published %,d, confirmed %,d%s in %.1f s; not events: %s"
                .formatted(
                        end.ended()
                                ? "done"
                                : "stopped at %.0f %%".formatted(100 * end.fractionRead()),
                        end.published(),
                        end.confirmed(),
                        end.resent() == 0 ? "" : ", sent again %,d".formatted(end.resent()),
                        end.seconds(),
                        source.skipped());
    }
}
