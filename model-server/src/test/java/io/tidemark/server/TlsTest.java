package io.tidemark.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.schemas.settings.InvalidSettingsException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TlsTest {
    private static final String PASSWORD = "canary-keystore";

    @TempDir Path data;
    @TempDir Path files;

    @Test
    void servesHttpsWithTheCertificateGiven() throws Exception {
        Path keystore = files.resolve("server.p12");
        makeCertificate(keystore);
        try (TestDatabase database = TestDatabase.migrated(data);
                ModelServer server =
                        TestClient.start(
                                database,
                                Map.of(
                                        "server.tls-keystore",
                                        keystore.toString(),
                                        "server.tls-keystore-password",
                                        PASSWORD))) {
            assertThat(server.uri().getScheme()).isEqualTo("https");
            URI health = URI.create("https://localhost:" + server.port() + "/health");
            HttpResponse<String> answer =
                    HttpClient.newBuilder()
                            .sslContext(trusting(keystore))
                            .build()
                            .send(HttpRequest.newBuilder(health).build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Strict-Transport-Security"))
                    .contains("max-age=31536000");
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThatThrownBy(
                            () ->
                                    HttpClient.newHttpClient()
                                            .send(
                                                    HttpRequest.newBuilder(health).build(),
                                                    BodyHandlers.ofString()))
                    .as("who does not know the certificate does not talk to it")
                    .isInstanceOf(IOException.class);
            assertThat(plain(server)).as("nothing is told without TLS").doesNotContain("alive");
        }
    }

    /** Whatever comes until the connection is closed, or cut. */
    private static String plain(ModelServer server) {
        try {
            return new TestClient(server).raw("GET /health HTTP/1.1\r\nHost: x\r\n\r\n");
        } catch (UncheckedIOException e) {
            return "";
        }
    }

    @Test
    void aKeystoreComesWithItsPassword() {
        assertThatThrownBy(() -> ServerMain.settings(List.of("--server.tls-keystore=x"), Map.of()))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("server.tls-keystore-password");
    }

    @Test
    void aKeystoreIsAFile() {
        assertThatThrownBy(
                        () ->
                                ServerMain.settings(
                                        List.of(
                                                "--server.tls-keystore=/dev/zero",
                                                "--server.tls-keystore-password=x"),
                                        Map.of()))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("server.tls-keystore must be a file");
    }

    private static void makeCertificate(Path keystore) throws Exception {
        int exit =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-alias",
                                "server",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=localhost",
                                "-ext",
                                "SAN=dns:localhost",
                                "-storetype",
                                "PKCS12",
                                "-keystore",
                                keystore.toString(),
                                "-storepass",
                                PASSWORD)
                        .inheritIO()
                        .start()
                        .waitFor();
        assertThat(exit).isZero();
    }

    private static SSLContext trusting(Path keystore) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keystore)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", keys.getCertificate("server"));
        TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }
}
