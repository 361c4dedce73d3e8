package io.tidemark.local.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What can be said of the deployment files without a Docker engine and a Kubernetes. */
class DeploymentTest {
    private static final String JOB = "deploy/kubernetes/feature-job.yaml";
    private static final String SERVER = "deploy/kubernetes/model-server.yaml";

    @Test
    void everyManifestIsOfAKindAndHasAName() throws IOException {
        try (Stream<Path> files = Files.list(Project.ROOT.resolve("deploy/kubernetes"))) {
            for (Path file : files.toList()) {
                for (Object document : documents(Project.ROOT.relativize(file).toString())) {
                    assertThat(at(document, "apiVersion")).as("%s", file).isPresent();
                    assertThat(at(document, "kind")).as("%s", file).isPresent();
                    assertThat(at(document, "metadata.name")).as("%s", file).isPresent();
                }
            }
        }
    }

    @Test
    void theJobIsUpgradedThroughASavepointAndOutlivesItsJobManager() {
        Object job = documents(JOB).get(0);
        assertThat(at(job, "spec.job.upgradeMode")).contains("savepoint");
        assertThat(at(job, "spec.job.allowNonRestoredState")).contains(false);
        assertThat(at(job, "spec.job.entryClass")).contains("io.tidemark.job.features.FeatureJob");
        assertThat(options(job))
                .containsEntry("high-availability.type", "kubernetes")
                .containsKey("high-availability.storageDir");
    }

    @Test
    void theJobHasTheClustersOptions() {
        Map<String, String> own = new LinkedHashMap<>();
        flatten("", documents("flink-conf/config.yaml").get(0), own);
        Map<String, String> shared = new LinkedHashMap<>(options(documents(JOB).get(0)));
        shared.keySet().retainAll(own.keySet());
        // A pod has the port to itself; processes of one machine share a range.
        shared.remove("metrics.reporter.prom.port");
        assertThat(shared).hasSizeGreaterThan(5);
        assertThat(own).containsAllEntriesOf(shared);
    }

    @ParameterizedTest
    @ValueSource(strings = {JOB, SERVER})
    void nothingRunsAsRoot(String file) {
        Object pod =
                at(documents(file).get(0), "spec.podTemplate.spec")
                        .or(() -> at(documents(file).get(0), "spec.template.spec"))
                        .orElseThrow();
        assertThat(at(pod, "securityContext.runAsNonRoot")).contains(true);
        for (Object container : (List<?>) at(pod, "containers").orElseThrow()) {
            assertThat(at(container, "securityContext.allowPrivilegeEscalation")).contains(false);
            assertThat(at(container, "securityContext.capabilities.drop")).contains(List.of("ALL"));
        }
    }

    @Test
    void theServerHasProbesLimitsAndAReadOnlyRoot() {
        Object deployment = documents(SERVER).get(0);
        Object server =
                ((List<?>) at(deployment, "spec.template.spec.containers").orElseThrow()).get(0);
        for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
            assertThat(at(server, probe + ".httpGet.path")).as(probe).isPresent();
        }
        assertThat(at(server, "livenessProbe.httpGet.path")).contains("/health");
        assertThat(at(server, "readinessProbe.httpGet.path")).contains("/ready");
        assertThat(at(server, "securityContext.readOnlyRootFilesystem")).contains(true);
        assertThat(at(server, "resources.limits.memory")).isPresent();
    }

    @Test
    void composeHasNoDefaultSecretRunsNothingAsRootAndWatchesEverything() {
        String text = Project.read("docker-compose.yml");
        assertThat(text).doesNotContainPattern("(PASSWORD|PASS|API_KEY|USER)[A-Z_]*:?-");
        Object compose = documents("docker-compose.yml").get(0);
        Map<?, ?> services = (Map<?, ?>) at(compose, "services").orElseThrow();
        services.forEach(
                (name, service) -> {
                    assertThat(at(service, "user")).as("%s", name).isPresent();
                    assertThat(at(service, "user").orElseThrow())
                            .as("%s", name)
                            .isNotIn("root", "0");
                    if (!name.equals("submit")) {
                        assertThat(at(service, "healthcheck.test")).as("%s", name).isPresent();
                    }
                });
    }

    @Test
    void theSettingsOfKubernetesAreSettings() {
        Object config = documents("deploy/kubernetes/settings.yaml").get(0);
        Object data = at(config, "data").orElseThrow();
        Map<String, String> keys = new LinkedHashMap<>();
        flatten("", new Yaml().load((String) ((Map<?, ?>) data).get("tidemark.yaml")), keys);
        assertThat(Settings.allKeys()).containsAll(keys.keySet());
    }

    private static Map<String, String> options(Object deployment) {
        Map<String, String> options = new LinkedHashMap<>();
        ((Map<?, ?>) at(deployment, "spec.flinkConfiguration").orElseThrow())
                .forEach((key, value) -> options.put("" + key, "" + value));
        return options;
    }

    private static List<Object> documents(String path) {
        List<Object> documents = new ArrayList<>();
        new Yaml(new SafeConstructor(new LoaderOptions()))
                .loadAll(Project.read(path))
                .forEach(documents::add);
        return documents;
    }

    private static Optional<Object> at(Object node, String path) {
        Object found = node;
        for (String step : path.split("\\.")) {
            found = found instanceof Map<?, ?> map ? map.get(step) : null;
        }
        return Optional.ofNullable(found);
    }

    private static void flatten(String prefix, Object node, Map<String, String> into) {
        if (node instanceof Map<?, ?> map) {
            map.forEach(
                    (key, value) ->
                            flatten(prefix.isEmpty() ? "" + key : prefix + "." + key, value, into));
            return;
        }
        into.put(prefix, "" + node);
    }
}
