package io.tidemark.server.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PackagePlaceTest {
    @Test
    void namesADirectoryOrABucket() {
        assertThat(PackagePlace.of("data/models"))
                .isEqualTo(new PackagePlace.Directory(Path.of("data/models")));
        assertThat(PackagePlace.of("s3://a-bucket"))
                .isEqualTo(new PackagePlace.Bucket(false, "a-bucket", ""));
        assertThat(PackagePlace.of("s3://a-bucket/"))
                .isEqualTo(new PackagePlace.Bucket(false, "a-bucket", ""));
        assertThat(PackagePlace.of("gs://b.example/tidemark/models/"))
                .isEqualTo(new PackagePlace.Bucket(true, "b.example", "tidemark/models/"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3://",
                "s3:///prefix",
                "s3://A",
                "S3://bucket",
                "file:///tmp",
                "http://169.254.169.254/x",
                "s3://bucket//x",
                "s3://bucket/a b",
                "s3://bucket/x?y",
                "s3://user:secret@bucket/x",
                "s3://bucket/x/../../y/\n"
            })
    void refusesTheRest(String text) {
        assertThatThrownBy(() -> PackagePlace.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("must ")
                .hasMessageNotContaining("secret");
    }
}
