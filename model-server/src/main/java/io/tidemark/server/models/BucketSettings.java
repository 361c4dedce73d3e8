package io.tidemark.server.models;

import io.tidemark.schemas.settings.SettingsReader;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * How a bucket is spoken to. Who speaks is not among the settings: keys come as the AWS SDK finds
 * them, from the environment or the machine.
 *
 * @param endpoint empty: the provider's own
 * @param region empty: as the AWS SDK finds it
 * @param pathStyle whether the bucket's name is in the path rather than in the host's name
 * @param timeout of a file put or read, every attempt of it included
 * @param attempts of it, at most
 */
public record BucketSettings(
        Optional<URI> endpoint,
        Optional<String> region,
        boolean pathStyle,
        Duration timeout,
        int attempts) {

    static BucketSettings read(SettingsReader reader) {
        return new BucketSettings(
                reader.optionalUri(
                        "models.bucket-endpoint",
                        Set.of("http", "https"),
                        "address of an S3-speaking store that is not AWS; of gs:// buckets Google's by default"),
                reader.optional(
                        "models.bucket-region",
                        "region of the bucket; as the AWS SDK finds it by default, of gs:// buckets auto"),
                reader.bool(
                        "models.bucket-path-style",
                        false,
                        "name the bucket in the path, not in the host; most stores of one's own want it"),
                reader.duration(
                        "models.bucket-timeout",
                        Duration.ofSeconds(60),
                        "how long a file may take, every attempt included"),
                reader.integer(
                        "models.bucket-attempts", 3, 1, 10, "of a file put or read, at most"));
    }
}
