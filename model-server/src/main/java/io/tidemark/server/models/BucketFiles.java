package io.tidemark.server.models;

import io.tidemark.server.model.ModelRefusedException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * Packages in a bucket that speaks S3: {@code v1/<sha256 of package.json>/package.json} and the
 * other files beside it. A key says what its object has in it, so two that publish the same version
 * never write the same key, and writing one twice changes nothing. Which of them is the version the
 * database says: it alone knows the hash. See docs/adr/0020.
 */
final class BucketFiles implements PackageFiles {
    private static final URI GOOGLE = URI.create("https://storage.googleapis.com");
    private static final Duration CONNECT = Duration.ofSeconds(5);

    private final S3Client client;
    private final String bucket;
    private final String prefix;

    private BucketFiles(S3Client client, String bucket, String prefix) {
        this.client = client;
        this.bucket = bucket;
        this.prefix = prefix;
    }

    /** Opens no connection yet. SdkException when the region cannot be found. */
    static BucketFiles open(PackagePlace.Bucket place, BucketSettings settings) {
        Duration timeout = settings.timeout();
        S3ClientBuilder builder =
                S3Client.builder()
                        .httpClientBuilder(
                                UrlConnectionHttpClient.builder()
                                        .connectionTimeout(
                                                CONNECT.compareTo(timeout) < 0 ? CONNECT : timeout)
                                        .socketTimeout(timeout))
                        .overrideConfiguration(
                                calls ->
                                        calls.apiCallTimeout(timeout)
                                                .retryStrategy(
                                                        AwsRetryStrategy.standardRetryStrategy()
                                                                .toBuilder()
                                                                .maxAttempts(settings.attempts())
                                                                .build()))
                        .forcePathStyle(settings.pathStyle())
                        // Neither checksums at the end of a body nor bodies in chunks: not every
                        // store takes them, Google's does not. The hashes are checked anyway.
                        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                        .serviceConfiguration(
                                S3Configuration.builder().chunkedEncodingEnabled(false).build());
        settings.region()
                .or(() -> place.google() ? Optional.of("auto") : Optional.empty())
                .ifPresent(region -> builder.region(Region.of(region)));
        settings.endpoint()
                .or(() -> place.google() ? Optional.of(GOOGLE) : Optional.empty())
                .ifPresent(builder::endpointOverride);
        return new BucketFiles(builder.build(), place.name(), place.prefix());
    }

    @Override
    public boolean put(String version, String sha256, Map<String, byte[]> files)
            throws IOException {
        try {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                client.putObject(
                        request -> request.bucket(bucket).key(key(version, sha256, file.getKey())),
                        RequestBody.fromBytes(file.getValue()));
            }
            return true;
        } catch (SdkException e) {
            throw new IOException(reason(e), e);
        }
    }

    @Override
    public byte[] read(String version, String sha256, String name, int most)
            throws ModelRefusedException, IOException {
        try {
            return client.getObject(
                            request -> request.bucket(bucket).key(key(version, sha256, name)),
                            atMost(most))
                    .orElseThrow(
                            () ->
                                    new ModelRefusedException(
                                            "%s is larger; at most %d bytes are read"
                                                    .formatted(name, most)));
        } catch (NoSuchKeyException e) {
            throw new ModelRefusedException("there is no %s of %s".formatted(name, version));
        } catch (SdkException e) {
            throw new IOException(reason(e), e);
        }
    }

    private String key(String version, String sha256, String name) {
        return prefix + version + "/" + sha256 + "/" + name;
    }

    /** The object, or nothing when it is larger, whatever the answer's head says. */
    private static ResponseTransformer<GetObjectResponse, Optional<byte[]>> atMost(int most) {
        return (GetObjectResponse head, AbortableInputStream body) -> {
            Long length = head.contentLength();
            if (length == null || length <= most) {
                byte[] bytes = body.readNBytes(most);
                if (bytes.length < most || body.read() < 0) {
                    return Optional.of(bytes);
                }
            }
            body.abort();
            return Optional.empty();
        };
    }

    /** Names neither host nor key: callers read it. */
    private static String reason(SdkException e) {
        if (e instanceof AwsServiceException answer) {
            return "the bucket answered %d (%s)"
                    .formatted(
                            answer.statusCode(),
                            answer.awsErrorDetails() == null
                                    ? "no reason given"
                                    : answer.awsErrorDetails().errorCode());
        }
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return "the bucket cannot be reached (%s)".formatted(root.getClass().getSimpleName());
    }

    @Override
    public void close() {
        client.close();
    }
}
