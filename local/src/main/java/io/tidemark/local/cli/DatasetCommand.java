package io.tidemark.local.cli;

import io.tidemark.job.dataset.DatasetFolder;
import io.tidemark.job.dataset.Manifest;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Datasets of the archive. */
@Command(
        name = "dataset",
        mixinStandardHelpOptions = true,
        description =
                "Build, list and delete datasets: labelled rows in splits, with a certificate.",
        subcommands = {
            DatasetBuildCommand.class,
            DatasetResplitCommand.class,
            DatasetWorkCommand.class,
            DatasetCommand.ListThem.class,
            DatasetCommand.Delete.class
        })
final class DatasetCommand implements Callable<Integer> {
    @Spec CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(), "wanted dataset build, resplit, work, list or delete");
    }

    /** What there is. */
    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "List the datasets: id, symbol, label, split, rows, when it was built.")
    static final class ListThem implements Callable<Integer> {
        @Mixin DatasetPlace place = new DatasetPlace();

        @Override
        public Integer call() throws IOException {
            PrintStream out = System.out;
            Path datasets = place.datasets();
            List<Path> found = List.of();
            if (Files.isDirectory(datasets)) {
                try (Stream<Path> all = Files.list(datasets)) {
                    found =
                            all.filter(path -> !path.getFileName().toString().startsWith("."))
                                    .filter(Files::isDirectory)
                                    .sorted()
                                    .toList();
                }
            }
            for (Path dataset : found) {
                Manifest manifest = Manifest.of(dataset);
                out.printf(
                        "%s  %s  %s  %s  %,d rows  %s%n",
                        manifest.datasetId(),
                        manifest.symbol(),
                        manifest.request().get("dataset.target"),
                        manifest.request().get("dataset.split"),
                        manifest.files().values().stream()
                                .mapToLong(Manifest.SplitFile::rows)
                                .sum(),
                        manifest.createdAt());
            }
            if (found.isEmpty()) {
                out.println("no datasets in " + datasets);
            }
            return 0;
        }
    }

    /** Away with one. */
    @Command(
            name = "delete",
            mixinStandardHelpOptions = true,
            description = "Delete a dataset. The archive and other datasets are not touched.")
    static final class Delete implements Callable<Integer> {
        @Parameters(paramLabel = "ID", description = "The dataset's id.")
        String id = "";

        @Mixin DatasetPlace place = new DatasetPlace();

        @Override
        public Integer call() throws IOException {
            DatasetFolder.delete(place.datasets(), id);
            System.out.println("deleted " + id);
            return 0;
        }
    }
}
