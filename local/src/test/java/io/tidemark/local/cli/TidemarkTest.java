package io.tidemark.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class TidemarkTest {
    @TempDir Path temp;

    private record Ended(int code, String out, String err) {}

    private static Ended run(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine commandLine =
                Tidemark.commandLine()
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true));
        int code = commandLine.execute(args);
        return new Ended(code, out.toString(), err.toString());
    }

    @Test
    void withoutACommandIsWrongUse() {
        Ended ended = run();
        assertThat(ended.code()).isEqualTo(64);
        assertThat(ended.err()).contains("wanted a command, got none", "tidemark --help");
    }

    @Test
    void aMistypedCommandIsAnsweredWithTheNearest() {
        Ended ended = run("dmo");
        assertThat(ended.code()).isEqualTo(64);
        assertThat(ended.err()).contains("'dmo'", "tidemark demo");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "publish",
                "publish --speed fast x",
                "publish --speed 0 x",
                "publish --category options x",
                "publish --times later x",
                "publish --max-backlog many x",
                "publish --times now --speed 2 x",
                "demo --times now --speed max --replay x",
                "demo --speed -1",
                "demo --replay",
                "drill --faults meteor",
                "drill --rate 0",
                "drill --kills -1",
                "drill --symbols btc",
                "run --nonsense"
            })
    void wrongUseEndsWith64AndAWayToHelp(String args) {
        Ended ended = run(args.split(" "));
        assertThat(ended.code()).isEqualTo(64);
        assertThat(ended.err()).startsWith("tidemark: ").contains("--help");
    }

    @Test
    void helpAndVersionEndWell() {
        assertThat(run("--help").code()).isZero();
        assertThat(run("--help").out()).contains("demo", "run", "publish", "settings");
        assertThat(run("demo", "--help").out()).contains("--replay", "--data-dir", "--rate");
        assertThat(run("--version").out()).matches("tidemark \\d+\\.\\d+\\.\\d+\\S*\\R");
    }

    @Test
    void settingsThatCannotBeUsedAreAllToldAndEndWith78() {
        Ended ended =
                run(
                        "demo",
                        "--data-dir",
                        temp.resolve("data").toString(),
                        "--rate",
                        "x",
                        "--set",
                        "demo.rat=3",
                        "--flink-port",
                        "99999");
        assertThat(ended.code()).isEqualTo(78);
        assertThat(ended.err())
                .contains("demo.rate: must be a number", "demo.rat is not a setting")
                .contains("nearest is demo.rate", "demo.flink-port");
    }

    @Test
    void aTakenPortIsToldWithTheOptionThatMovesIt() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Ended ended =
                    run(
                            "demo",
                            "--data-dir",
                            temp.resolve("data").toString(),
                            "--broker-port",
                            Integer.toString(taken.getLocalPort()));
            assertThat(ended.code()).isEqualTo(1);
            assertThat(ended.err())
                    .contains(
                            "port " + taken.getLocalPort(), "the embedded broker", "--broker-port");
        }
    }

    @Test
    void aFileThatIsNoRecordingIsToldBeforeAnythingIsConnected() throws Exception {
        Path file = temp.resolve("notes.txt");
        Files.writeString(file, "hello\n");
        Ended ended = run("publish", file.toString());
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("not a recording", "'hello'");
    }
}
