package io.tidemark.local.cli;

import io.tidemark.local.capture.CaptureException;
import io.tidemark.local.demo.StartException;
import io.tidemark.schemas.settings.InvalidSettingsException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;

/** The one command line of Tidemark. */
@Command(
        name = "tidemark",
        mixinStandardHelpOptions = true,
        versionProvider = Tidemark.Version.class,
        description = "Streaming features and models for market data.",
        subcommands = {
            DemoCommand.class,
            RunCommand.class,
            PublishCommand.class,
            RedriveCommand.class,
            ReplayCommand.class,
            ParityCommand.class,
            DatasetCommand.class,
            CertifyCommand.class,
            TrainCommand.class,
            UpkeepCommand.class,
            RestoreCommand.class,
            QualityCommand.class,
            ClusterCommand.class,
            DrillCommand.class,
            SettingsCommand.class,
            HelpCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:done",
            " 1:something does not start or went wrong; the message says what",
            "64:wrong use of the command line",
            "78:settings that cannot be used",
            "130:ended by Ctrl-C before its end"
        })
public final class Tidemark {
    static final int FAILED = 1;
    static final int WRONG_USE = 64;
    static final int INTERRUPTED = 130;

    private Tidemark() {}

    /** Runs a command and exits with its code. */
    public static void main(String[] args) {
        LogFiles.toStandardError();
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        CommandLine commandLine =
                new CommandLine(new Tidemark())
                        .setCaseInsensitiveEnumValuesAllowed(true)
                        .setParameterExceptionHandler(Tidemark::wrongUse)
                        .setExecutionExceptionHandler(Tidemark::failed);
        commandLine.setExecutionStrategy(Tidemark::run);
        return commandLine;
    }

    private static int run(CommandLine.ParseResult parsed) {
        if (!parsed.hasSubcommand()
                && !parsed.isUsageHelpRequested()
                && !parsed.isVersionHelpRequested()) {
            throw new ParameterException(
                    parsed.commandSpec().commandLine(), "wanted a command, got none");
        }
        return new CommandLine.RunLast().execute(parsed);
    }

    private static int wrongUse(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("tidemark: " + e.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(e, err);
        err.println(
                "Try 'tidemark "
                        + (command.getParent() == null ? "" : command.getCommandName() + " ")
                        + "--help'.");
        return WRONG_USE;
    }

    private static int failed(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
        PrintWriter err = command.getErr();
        if (e instanceof InvalidSettingsException) {
            err.println(e.getMessage());
            return InvalidSettingsException.EXIT_CODE;
        }
        if (e instanceof StartException || e instanceof CaptureException) {
            err.println("tidemark: " + e.getMessage());
            return FAILED;
        }
        err.println("tidemark: " + e.getMessage());
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            err.println("  because: " + cause);
        }
        return FAILED;
    }

    /** The version that the build wrote into the program. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            Properties properties = new Properties();
            try (InputStream in = Tidemark.class.getResourceAsStream("version.properties")) {
                if (in != null) {
                    properties.load(in);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("the version cannot be read", e);
            }
            return new String[] {"tidemark " + properties.getProperty("version", "unknown")};
        }
    }
}
