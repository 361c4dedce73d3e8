package io.tidemark.bench.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProcessCpuTest {
    @BeforeEach
    void onlyOnLinux() {
        assumeTrue(Files.isDirectory(Path.of("/proc/self")), "no /proc on this machine");
    }

    @Test
    void aProcessThatRunsHasUsedTime() throws IOException {
        assertThat(new ProcessCpu("this", ProcessHandle.current().pid(), false).seconds())
                .isPositive();
    }

    @Test
    void childrenCountWithTheirParent() throws IOException {
        long pid = ProcessHandle.current().parent().orElseThrow().pid();
        double alone = new ProcessCpu("parent", pid, false).seconds();
        assertThat(new ProcessCpu("parent", pid, true).seconds()).isGreaterThan(alone);
    }

    @Test
    void aProcessThatIsGoneHasNone() throws IOException {
        assertThat(new ProcessCpu("gone", Integer.MAX_VALUE, true).seconds()).isZero();
    }

    @Test
    void findsWhoListensOnAPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(ProcessCpu.listeningOn(socket.getLocalPort()))
                    .hasValue(ProcessHandle.current().pid());
        }
    }
}
