package io.tidemark.local.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.job.features.FeatureJob;
import io.tidemark.job.replay.ReplayJob;
import io.tidemark.schemas.settings.InvalidSettingsException;
import io.tidemark.schemas.settings.Setting;
import io.tidemark.server.ServerMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Feature job and model server may share one settings file, and one environment. */
class SharedSettingsTest {
    private static final Map<String, String> NEEDED =
            Map.of("broker.uri", "amqp://user:password@127.0.0.1/%2f");

    @TempDir Path folder;

    enum Reader {
        JOB {
            @Override
            void read(List<String> args, Map<String, String> environment) {
                assertThat(FeatureJob.settings(args, environment)).isNotNull();
            }
        },
        REPLAY {
            @Override
            void read(List<String> args, Map<String, String> environment) {
                assertThat(ReplayJob.settings(args, environment)).isNotNull();
            }
        },
        SERVER {
            @Override
            void read(List<String> args, Map<String, String> environment) {
                assertThat(ServerMain.settings(args, environment)).isNotNull();
            }
        };

        abstract void read(List<String> args, Map<String, String> environment);
    }

    @ParameterizedTest
    @EnumSource
    void leavesAloneWhatTheOtherReads(Reader reader) throws IOException {
        Map<String, String> all = new TreeMap<>(NEEDED);
        Settings.all()
                .filter(setting -> !setting.defaultText().equals(Setting.REQUIRED))
                .filter(setting -> !setting.defaultText().equals(Setting.NONE))
                .filter(setting -> !setting.defaultText().isEmpty())
                .forEach(setting -> all.put(setting.key(), setting.defaultText()));
        reader.read(List.of("--config", file(all).toString()), Map.of());
    }

    @ParameterizedTest
    @EnumSource
    void leavesAloneTheVariablesTheOtherReads(Reader reader) throws IOException {
        Map<String, String> environment = new TreeMap<>();
        Settings.all()
                .filter(setting -> setting.secret() && !setting.key().equals("broker.uri"))
                .forEach(setting -> environment.put(setting.environmentNames().get(0), "secret"));
        environment.put("TIDEMARK_BROKER_URI", NEEDED.get("broker.uri"));
        // Its password is among the secrets, and the server wants both or neither.
        Path keystore = Files.createFile(folder.resolve("keystore.p12"));
        environment.put("TIDEMARK_SERVER_TLS_KEYSTORE", keystore.toString());
        reader.read(List.of(), environment);
    }

    /** A replay leaves alone whole subjects it reads nothing of, typing errors included. */
    @ParameterizedTest
    @EnumSource(names = {"JOB", "SERVER"})
    void refusesWhatNobodyReads(Reader reader) throws IOException {
        Map<String, String> typos = new TreeMap<>(NEEDED);
        typos.put("serving-store.usr", "reader");
        typos.put("broker.ur", "amqp://elsewhere");
        typos.put("sorce.lateness", "1s");
        List<String> args = List.of("--config", file(typos).toString());
        assertThatThrownBy(() -> reader.read(args, Map.of("TIDEMARK_SERVING_STORE_USR", "x")))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContainingAll(
                        "serving-store.usr", "broker.ur ", "sorce.lateness", "STORE_USR");
    }

    @Test
    void bothTogetherAreEverythingThereIs() {
        Set<String> keys = Settings.allKeys();
        assertThat(keys).contains("source.max-unacknowledged", "server.port", "serving-store.url");
    }

    private Path file(Map<String, String> settings) throws IOException {
        List<String> lines = new ArrayList<>();
        settings.forEach((key, value) -> lines.add("%s: \"%s\"".formatted(key, value)));
        return Files.writeString(
                folder.resolve("tidemark.yaml"),
                lines.stream().collect(Collectors.joining("\n", "", "\n")));
    }
}
