package io.tidemark.server.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.server.TestDatabase;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** S3Proxy as a process of its own: it checks signatures and keeps what it is given in memory. */
public final class S3Server implements AutoCloseable {
    public static final String BUCKET = "models";
    private static final String KEY = "test-key";
    private static final String SECRET = "test-secret-0123456789";

    private final Process process;
    private final URI uri;

    private S3Server(Process process, URI uri) {
        this.process = process;
        this.uri = uri;
    }

    /** With one empty bucket; the tests' keys are given to the AWS SDK of this process. */
    public static S3Server start(Path directory) throws IOException {
        int port = TestDatabase.freePort();
        URI uri = URI.create("http://127.0.0.1:" + port);
        Path settings =
                Files.writeString(
                        directory.resolve("s3proxy.conf"),
                        """
                        s3proxy.endpoint=%s
                        s3proxy.authorization=aws-v2-or-v4
                        s3proxy.identity=%s
                        s3proxy.credential=%s
                        jclouds.provider=transient
                        """
                                .formatted(uri, KEY, SECRET));
        Path jar = Path.of("target/s3-server/s3proxy.jar").toAbsolutePath();
        assertThat(jar).as("put there by the build").isRegularFile();
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-Xmx256m",
                                "-jar",
                                jar.toString(),
                                "--properties",
                                settings.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("s3proxy.log").toFile())
                        .start();
        S3Server server = new S3Server(process, uri);
        server.awaitPort();
        useKeys(KEY, SECRET);
        try (S3Client client = server.client()) {
            client.createBucket(bucket -> bucket.bucket(BUCKET));
        }
        return server;
    }

    private void awaitPort() throws IOException {
        Instant end = Instant.now().plusSeconds(120);
        while (true) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()), 1_000);
                return;
            } catch (IOException e) {
                if (!process.isAlive() || Instant.now().isAfter(end)) {
                    process.destroyForcibly();
                    throw e;
                }
                LockSupport.parkNanos(50_000_000);
            }
        }
    }

    /** What the AWS SDK of this process finds from now on. */
    public static void useKeys(String key, String secret) {
        System.setProperty("aws.accessKeyId", key);
        System.setProperty("aws.secretAccessKey", secret);
    }

    public static void useRightKeys() {
        useKeys(KEY, SECRET);
    }

    public URI uri() {
        return uri;
    }

    public BucketSettings settings() {
        return new BucketSettings(
                Optional.of(uri), Optional.of("us-east-1"), true, Duration.ofSeconds(60), 3);
    }

    /** Somebody else's, to look at what lies there and to change it. */
    public S3Client client() {
        return S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .endpointOverride(uri)
                .forcePathStyle(true)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .serviceConfiguration(settings -> settings.chunkedEncodingEnabled(false))
                .region(Region.US_EAST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY, SECRET)))
                .build();
    }

    /** Gone from one moment to the next. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
