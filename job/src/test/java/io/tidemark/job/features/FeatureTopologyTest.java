package io.tidemark.job.features;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.job.registry.ActiveRegistry;
import io.tidemark.schemas.settings.SettingsReader;
import io.tidemark.schemas.settings.SettingsSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.api.java.typeutils.runtime.kryo.KryoSerializer;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.apache.flink.streaming.api.transformations.PhysicalTransformation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The whole job as it is submitted, ends attached. Broker and database need not be there: nothing
 * connects before it runs.
 */
class FeatureTopologyTest {
    private static final int PARALLELISM = 4;

    private StreamExecutionEnvironment environment;
    private StreamGraph graph;
    private FeatureJobSettings settings;

    @BeforeEach
    void define() {
        SettingsReader reader =
                new SettingsReader(
                        SettingsSource.builder()
                                .flag("broker.uri", "amqp://user:password@broker.invalid:5672/v")
                                .flag(
                                        "serving-store.url",
                                        "jdbc:postgresql://store.invalid:5432/tidemark")
                                .flag("archive.root", "archive")
                                .build());
        settings = FeatureJobSettings.from(reader);
        reader.throwIfInvalid();
        environment = environmentOf(PARALLELISM);
        FeatureJob.define(environment, settings, ActiveRegistry.unstored(settings.registry()));
        graph = environment.getStreamGraph(false);
    }

    /**
     * A uid that is not in a savepoint's job any more abandons its state. When this fails on
     * purpose, put the printed lines into {@code operator-uids.txt} and say in the change log what
     * becomes of running jobs' state.
     */
    @Test
    void operatorsKeepTheirUidsAndNames() throws IOException {
        assertThat(operators()).containsExactlyElementsOf(golden());
    }

    @Test
    void everyOperatorIsCalledByItsUidInKebabCase() {
        List<Transformation<?>> operators = declared();
        assertThat(operators).hasSizeGreaterThanOrEqualTo(18);
        for (Transformation<?> operator : operators) {
            assertThat(operator.getUid())
                    .as(operator.getName())
                    .isEqualTo(operator.getName())
                    .matches("[a-z]+(-[a-z]+)*");
        }
    }

    @Test
    void noTwoOperatorsShareAUid() {
        assertThat(declared()).extracting(Transformation::getUid).doesNotHaveDuplicates();
    }

    @Test
    void aMissingUidOrAnUnknownTypeIsRefusedAtSubmission() {
        assertThat(environment.getConfiguration().get(PipelineOptions.GENERIC_TYPES)).isFalse();
        assertThat(environment.getConfiguration().get(PipelineOptions.AUTO_GENERATE_UIDS))
                .isFalse();
        // Throws for an operator without uid and for a function that cannot be sent to a task.
        assertThat(graph.getJobGraph().getNumberOfVertices()).isPositive();
    }

    @Test
    void nothingTravelsByKryo() {
        List<TypeSerializer<?>> serializers =
                graph.getStreamNodes().stream()
                        .flatMap(
                                node ->
                                        Stream.concat(
                                                Arrays.stream(node.getTypeSerializersIn()),
                                                Stream.of(node.getTypeSerializerOut())))
                        .<TypeSerializer<?>>map(serializer -> serializer)
                        .filter(Objects::nonNull)
                        .toList();
        assertThat(serializers)
                .hasSizeGreaterThan(18)
                .doesNotHaveAnyElementsOfTypes(KryoSerializer.class);
    }

    @Test
    void asManyTasksReadTheQueuesAsTheSettingsSayWhateverTheJobsParallelism() {
        assertThat(parallelismOf("Source: market-queues")).isEqualTo(1);
        assertThat(parallelismOf("event-or-rejected")).isEqualTo(1);
        assertThat(parallelismOf("symbol-features")).isEqualTo(PARALLELISM);
    }

    /**
     * With as many readers as tasks Flink makes one task of all it can. A sink in there would have
     * rows wait for a database at each checkpoint.
     */
    @Test
    void noSinkIsInTheTaskThatMakesRows() {
        environment = environmentOf(1);
        FeatureJob.define(environment, settings, ActiveRegistry.unstored(settings.registry()));
        List<String> tasks = new ArrayList<>();
        environment
                .getStreamGraph(false)
                .getJobGraph()
                .getVertices()
                .forEach(vertex -> tasks.add(vertex.getName()));
        assertThat(tasks)
                .filteredOn(task -> task.contains("symbol-features"))
                .hasSize(1)
                .allSatisfy(task -> assertThat(task).doesNotContain("Writer", "Committer"));
    }

    private static StreamExecutionEnvironment environmentOf(int parallelism) {
        StreamExecutionEnvironment made =
                StreamExecutionEnvironment.getExecutionEnvironment(new Configuration());
        made.setParallelism(parallelism);
        return made;
    }

    private int parallelismOf(String operator) {
        return graph.getStreamNodes().stream()
                .filter(node -> node.getOperatorName().equals(operator))
                .findFirst()
                .orElseThrow()
                .getParallelism();
    }

    /** As in the job graph, where Flink has made each sink a writer and a committer. */
    private List<String> operators() {
        return graph.getStreamNodes().stream()
                .sorted(Comparator.comparing(StreamNode::getOperatorName))
                .map(node -> node.getTransformationUID() + " | " + node.getOperatorName())
                .toList();
    }

    private static List<String> golden() throws IOException {
        try (InputStream in = FeatureTopologyTest.class.getResourceAsStream("/operator-uids.txt")) {
            assertThat(in).as("operator-uids.txt").isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        }
    }

    /** What the topology declares: sources, operators and sinks, each once. */
    private List<Transformation<?>> declared() {
        Set<Transformation<?>> seen = new LinkedHashSet<>();
        Deque<Transformation<?>> open = new ArrayDeque<>(environment.getTransformations());
        while (!open.isEmpty()) {
            Transformation<?> next = open.pop();
            if (seen.add(next)) {
                open.addAll(next.getInputs());
            }
        }
        return seen.stream()
                .filter(one -> one instanceof PhysicalTransformation)
                .<Transformation<?>>map(one -> one)
                .toList();
    }
}
