package io.tidemark.server;

import io.tidemark.schemas.settings.Secret;
import io.tidemark.schemas.settings.SettingsReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * HTTPS instead of HTTP.
 *
 * @param keystore PKCS #12, with the certificate's chain and its key
 */
record TlsSettings(Path keystore, Secret password) {

    /** Empty when no keystore is given. */
    static Optional<TlsSettings> read(SettingsReader reader) {
        Optional<Path> keystore =
                reader.optionalPath(
                        "server.tls-keystore",
                        "PKCS #12 file with certificate and key; HTTPS instead of HTTP, read anew when it changes");
        Optional<Secret> password =
                reader.secret("server.tls-keystore-password", "password of that file");
        if (keystore.isPresent() != password.isPresent()) {
            reader.refuse(
                    "server.tls-keystore",
                    "must be given together with server.tls-keystore-password");
        }
        keystore.filter(path -> !Files.isRegularFile(path))
                .ifPresent(path -> reader.refuse("server.tls-keystore", "must be a file"));
        return keystore.flatMap(path -> password.map(secret -> new TlsSettings(path, secret)));
    }
}
