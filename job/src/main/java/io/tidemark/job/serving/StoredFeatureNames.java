package io.tidemark.job.serving;

import io.tidemark.job.archive.FeatureColumns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.util.FlinkRuntimeException;
import org.jspecify.annotations.Nullable;

/**
 * The names of a registry version's features: of the one the job began with as they are, of another
 * as the store has them, asked for once a version and task. The store knows every version that can
 * be in a row, because a version is activated there. Schema: {@code db/migration/V001}.
 */
public final class StoredFeatureNames implements FeatureColumns {
    private static final long serialVersionUID = 1L;

    private static final String NAMES =
            "SELECT feature_names FROM feature_registry_version WHERE version = ?";

    private final RegistryVersion begin;
    private final ServingStoreSettings store;
    private transient @Nullable Map<String, List<String>> known;

    public StoredFeatureNames(RegistryVersion begin, ServingStoreSettings store) {
        this.begin = begin;
        this.store = store;
    }

    @Override
    public List<String> names(String registryVersion) {
        if (registryVersion.equals(begin.version())) {
            return begin.featureNames();
        }
        Map<String, List<String>> found = known;
        if (found == null) {
            found = new HashMap<>();
            known = found;
        }
        List<String> names = found.get(registryVersion);
        if (names == null) {
            names = asked(registryVersion);
            found.put(registryVersion, names);
        }
        return names;
    }

    private List<String> asked(String version) {
        Answer answer = new Answer();
        try (StoreSession<Names> session =
                new StoreSession<>(store, StoredFeatureNames::open, () -> {})) {
            session.attempt(
                    "a question for registry version " + version,
                    names -> answer.names = names.of(version));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new FlinkRuntimeException("the connection was not closed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FlinkRuntimeException("interrupted while asking " + store, e);
        }
        if (answer.names.isEmpty()) {
            throw new IllegalArgumentException(
                    "the serving store has no registry version %s, of which there are rows"
                            .formatted(version));
        }
        return answer.names;
    }

    private static Names open(ServingStoreSettings settings) throws SQLException {
        return new Names(StoreSession.connect(settings, "tidemark-feature-names"));
    }

    private static final class Answer {
        private List<String> names = List.of();
    }

    private record Names(Connection connection) implements StoreSession.Statements {
        List<String> of(String version) throws SQLException {
            try (PreparedStatement select = connection.prepareStatement(NAMES)) {
                select.setString(1, version);
                try (ResultSet rows = select.executeQuery()) {
                    return rows.next()
                            ? List.of((String[]) rows.getArray(1).getArray())
                            : List.of();
                }
            }
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }
}
