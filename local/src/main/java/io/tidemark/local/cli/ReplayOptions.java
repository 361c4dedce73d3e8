package io.tidemark.local.cli;

import io.tidemark.local.capture.Capture;
import io.tidemark.local.capture.Market;
import io.tidemark.local.publish.Speed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options by which a recording is read. */
final class ReplayOptions {
    /** Which market of a recording. */
    enum Category {
        LINEAR(Optional.of(Market.LINEAR)),
        SPOT(Optional.of(Market.SPOT)),
        INVERSE(Optional.of(Market.INVERSE)),
        ALL(Optional.empty());

        private final Optional<Market> market;

        Category(Optional<Market> market) {
            this.market = market;
        }
    }

    /** Which times events carry. */
    enum Times {
        RECORDED,
        NOW
    }

    @Option(
            names = "--category",
            paramLabel = "MARKET",
            defaultValue = "all",
            description =
                    "linear, spot, inverse or all (default). With all, a name that is on two"
                            + " markets of the recording is published as NAME-LINEAR, NAME-SPOT.")
    Category category = Category.ALL;

    @Option(
            names = "--best-prices",
            description = "Publish Binance's bookTicker messages as one-level books too.")
    boolean bestPrices;

    /**
     * Refuses times from now on at more than the recorded speed: the events would run ahead of the
     * clock, and an event far in the future is rejected.
     */
    static void requirePossible(Times times, Speed speed, CommandLine command) {
        if (times == Times.NOW && speed.factor() > 1) {
            throw new ParameterException(
                    command,
                    "--times now goes with --speed 1 or less, got a higher speed; use --times recorded");
        }
    }

    Capture capture(List<Path> files) throws IOException {
        return Capture.of(files, category.market, bestPrices);
    }
}
