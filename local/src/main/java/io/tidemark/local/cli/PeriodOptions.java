package io.tidemark.local.cli;

import io.tidemark.job.replay.ReplaySettings;
import java.time.DateTimeException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A period that must be given. */
final class PeriodOptions {
    @Option(
            names = "--from",
            paramLabel = "TIME",
            required = true,
            description = "Begin, ISO 8601, UTC unless it says.")
    String from = "";

    @Option(
            names = "--to",
            paramLabel = "TIME",
            required = true,
            description = "End, itself not in it.")
    String to = "";

    @Spec(Spec.Target.MIXEE)
    @Nullable CommandSpec command;

    long fromMicros() {
        return micros("--from", from);
    }

    long toMicros() {
        long end = micros("--to", to);
        if (end <= fromMicros()) {
            throw wrong("--to must be after --from");
        }
        return end;
    }

    private long micros(String option, String text) {
        try {
            return ReplaySettings.micros(text);
        } catch (DateTimeException | ArithmeticException e) {
            throw wrong(option + " must be a time such as 2026-08-09T12:00:00, got " + text);
        }
    }

    private ParameterException wrong(String what) {
        CommandLine line = command == null ? new CommandLine(this) : command.commandLine();
        return new ParameterException(line, what);
    }
}
