package io.tidemark.local.cli;

import io.tidemark.job.dataset.Certificate;
import io.tidemark.local.dataset.LocalDataset;
import io.tidemark.local.publish.StopSignal;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Certifies a dataset again, from scratch. */
@Command(
        name = "certify",
        mixinStandardHelpOptions = true,
        description = {
            "Check a dataset from scratch, by its manifest and the archive alone: hashes, rows, labels,"
                    + " splits, purge, embargo, scaling, and that no row knows its future. Prints every"
                    + " check; exit code 1 when one fails. Changes nothing."
        })
final class CertifyCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DATASET", description = "The dataset's folder, or its id.")
    String dataset = "";

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            description = "Tasks (default: as many as processors).")
    int parallelism = Runtime.getRuntime().availableProcessors();

    @Mixin DatasetPlace place = new DatasetPlace();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path byId = place.datasets().resolve(dataset);
        Path folder = Files.isDirectory(byId) ? byId : Path.of(dataset);
        PrintStream screen = System.out;
        StopSignal stop = new StopSignal();
        Interruption.gives(stop);
        ProgressLine line = new ProgressLine(screen, Terminal.isOutput());
        Optional<Certificate> certificate;
        try {
            certificate =
                    new LocalDataset(parallelism, stop, line::work)
                            .certify(folder, place.archive());
        } finally {
            line.end();
        }
        if (certificate.isEmpty()) {
            return Tidemark.INTERRUPTED;
        }
        for (Certificate.Check check : certificate.get().checks()) {
            screen.printf(
                    "%s  %s: %s%n",
                    check.passed() ? "ok    " : "FAILED", check.name(), check.found());
        }
        return told(certificate.get(), screen);
    }

    /** Says how it came out; the exit code. */
    static int told(Certificate certificate, PrintStream screen) {
        if (certificate.passed()) {
            screen.printf("certified: %d checks passed%n", certificate.checks().size());
            return 0;
        }
        screen.printf(
                "NOT CERTIFIED: %d of %d checks failed; the first: %s: %s%n",
                certificate.failed().size(),
                certificate.checks().size(),
                certificate.failed().get(0).name(),
                certificate.failed().get(0).found());
        return Tidemark.FAILED;
    }
}
