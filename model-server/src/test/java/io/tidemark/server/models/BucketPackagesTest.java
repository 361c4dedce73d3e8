package io.tidemark.server.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Packages in a bucket of a server that speaks S3, over HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BucketPackagesTest extends PackageStoreContract {
    private S3Server server;
    private S3Client other;
    private PackageStore store;
    private String prefix = "";
    private int tests;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        server = S3Server.start(directory);
        other = server.client();
    }

    @AfterAll
    void stop() {
        other.close();
        server.close();
    }

    @BeforeEach
    void open() {
        prefix = "test-" + ++tests + "/packages/";
        store = opened("s3://models/" + prefix, server.settings());
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static PackageStore opened(String place, BucketSettings settings) {
        return PackageStore.open(PackagePlace.of(place), settings);
    }

    @Override
    PackageStore store() {
        return store;
    }

    @Override
    byte[] stored(String version, String sha256, String name) {
        return other.getObjectAsBytes(
                        get -> get.bucket(S3Server.BUCKET).key(key(version, sha256, name)))
                .asByteArray();
    }

    @Override
    void replace(String version, String sha256, String name, byte[] bytes) {
        other.putObject(
                put -> put.bucket(S3Server.BUCKET).key(key(version, sha256, name)),
                RequestBody.fromBytes(bytes));
    }

    @Override
    void remove(String version, String sha256, String name) {
        other.deleteObject(
                delete -> delete.bucket(S3Server.BUCKET).key(key(version, sha256, name)));
    }

    private String key(String version, String sha256, String name) {
        return prefix + version + "/" + sha256 + "/" + name;
    }

    @Test
    void aKeySaysWhatItsObjectHasInIt() {
        String one = publish(1);
        List<String> keys =
                other
                        .listObjectsV2(list -> list.bucket(S3Server.BUCKET).prefix(prefix))
                        .contents()
                        .stream()
                        .map(S3Object::key)
                        .toList();
        assertThat(keys)
                .containsExactlyInAnyOrder(
                        key("v1", one, "model.bin"),
                        key("v1", one, "report.html"),
                        key("v1", one, "package.json"));
        assertThat(publish(1)).as("once more is the same").isEqualTo(one);
    }

    @Test
    void twoOfOneNumberAreBothWhole() throws Exception {
        String one = publish(1);
        String another =
                store.publish(TRAINED.files(), TRAINED.content(1, "another")).orElseThrow();
        assertThat(store.load("v1", one).content().dataset().id()).isEqualTo("d");
        assertThat(store.load("v1", another).content().dataset().id()).isEqualTo("another");
    }

    @Test
    void aGoogleBucketIsSpokenToTheSameWay() throws Exception {
        try (PackageStore google = opened("gs://models/google", server.settings())) {
            String one = google.publish(TRAINED.files(), TRAINED.content(1)).orElseThrow();
            assertThat(google.load("v1", one).content().version()).isEqualTo("v1");
        }
    }

    @Test
    void aBucketThatRefusesIsNotABadPackage() {
        String one = publish(1);
        S3Server.useKeys("test-key", "another-secret");
        try (PackageStore stranger = opened("s3://models/" + prefix, server.settings())) {
            away(() -> stranger.load("v1", one), "the bucket answered 403 (SignatureDoesNotMatch)");
            away(
                    () -> stranger.publish(TRAINED.files(), TRAINED.content(2)),
                    "the bucket answered 403 (SignatureDoesNotMatch)");
        } finally {
            S3Server.useRightKeys();
        }
        try (PackageStore nowhere = opened("s3://no-such-bucket", server.settings())) {
            away(() -> nowhere.load("v1", one), "the bucket answered 404 (NoSuchBucket)");
        }
    }

    @Test
    void aBucketThatIsAwayIsNotABadPackage() throws Exception {
        URI closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
        try (PackageStore gone = opened("s3://models", impatient(closed))) {
            away(() -> gone.load("v1", "00"), "the bucket cannot be reached (ConnectException)");
        }
        try (ServerSocket silent = new ServerSocket(0)) {
            URI deaf = URI.create("http://127.0.0.1:" + silent.getLocalPort());
            try (PackageStore waiting = opened("s3://models", impatient(deaf))) {
                away(() -> waiting.load("v1", "00"), "the bucket cannot be reached (");
                away(
                        () -> waiting.publish(TRAINED.files(), TRAINED.content(1)),
                        "the bucket cannot be reached (");
            }
        }
    }

    private static BucketSettings impatient(URI endpoint) {
        return new BucketSettings(
                Optional.of(endpoint), Optional.of("us-east-1"), true, Duration.ofMillis(300), 2);
    }

    private static void away(ThrowingCallable asked, String why) {
        assertThatThrownBy(asked)
                .isInstanceOf(UncheckedIOException.class)
                .cause()
                .hasMessageStartingWith(why)
                .hasMessageNotContaining("127.0.0.1");
    }
}
