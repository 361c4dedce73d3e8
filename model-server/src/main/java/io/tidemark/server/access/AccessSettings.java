package io.tidemark.server.access;

import io.tidemark.schemas.settings.Secret;
import io.tidemark.schemas.settings.SettingsReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Who may call.
 *
 * @param readKey reads are open while there is none, and no file
 * @param keysFile further keys, see {@link KeysFile}
 * @param perSecond requests of one caller; 0: any number
 * @param corsAllowOrigins exact origins; none by default
 */
public record AccessSettings(
        Optional<Secret> readKey,
        Optional<Secret> adminKey,
        Optional<Path> keysFile,
        int perSecond,
        List<String> corsAllowOrigins) {

    public static AccessSettings read(SettingsReader reader) {
        List<String> origins =
                reader.list(
                        "cors.allow-origins",
                        List.of(),
                        "origins whose pages may read answers, exactly as browsers send them",
                        "CORS_ALLOW_ORIGINS");
        origins.stream()
                .filter(origin -> !origin.matches("https?://[A-Za-z0-9.:-]+"))
                .forEach(
                        origin ->
                                reader.refuse(
                                        "cors.allow-origins",
                                        "must list origins such as https://app.example, no wildcard"));
        return new AccessSettings(
                reader.secret("read.api-key", "key for reads; reads are open while there is none"),
                reader.secret(
                        "admin.api-key", "key for admin calls; it reads too", "ADMIN_API_KEY"),
                keysFile(reader),
                reader.integer(
                        "server.rate-limit",
                        10_000,
                        0,
                        1_000_000,
                        "requests a second of one key, or of one address without a key; 0 is any number"),
                origins);
    }

    private static Optional<Path> keysFile(SettingsReader reader) {
        Optional<Path> file =
                reader.optionalPath(
                        "server.keys-file",
                        "further keys by their SHA-256, read anew when it changes; with it reads are never open");
        try {
            file.ifPresent(KeysFile::open);
        } catch (IllegalArgumentException e) {
            reader.refuse("server.keys-file", String.valueOf(e.getMessage()));
        }
        return file;
    }
}
