package io.tidemark.server.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.tidemark.schemas.settings.Secret;
import java.util.Properties;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The serving store, reached twice: by a small pool that can only read, and by single connections
 * of the owner for upkeep. Opening it never waits for the database, so start order does not matter.
 */
public final class ServingStore implements AutoCloseable {
    private final HikariDataSource pool;
    private final Jdbi reads;
    private final DataSource owner;
    private final Jdbi changes;

    private ServingStore(HikariDataSource pool, DataSource owner) {
        this.pool = pool;
        this.reads = Jdbi.create(pool).installPlugin(new SqlObjectPlugin());
        this.owner = owner;
        this.changes =
                Jdbi.create(owner)
                        .installPlugin(new SqlObjectPlugin())
                        .registerArrayType(String.class, "text")
                        .registerArrayType(Double.class, "float8")
                        .registerArrayType(double.class, "float8")
                        .registerArrayType(long.class, "bigint");
    }

    public static ServingStore open(StoreSettings settings, MeterRegistry metrics) {
        long statementMillis = settings.statementTimeout().toMillis();
        HikariConfig config = new HikariConfig();
        config.setPoolName("serving-store");
        config.setJdbcUrl(settings.url().toString());
        config.setUsername(settings.user());
        settings.password().map(Secret::reveal).ifPresent(config::setPassword);
        config.setMaximumPoolSize(settings.poolSize());
        config.setConnectionTimeout(Math.max(250, settings.connectTimeout().toMillis()));
        config.setValidationTimeout(Math.max(250, settings.connectTimeout().toMillis() / 2));
        config.setInitializationFailTimeout(-1);
        config.setMetricRegistry(metrics);
        config.setDataSourceProperties(driver(settings, statementMillis));
        config.addDataSourceProperty(
                "options",
                "-c default_transaction_read_only=on -c statement_timeout=" + statementMillis);
        return new ServingStore(new HikariDataSource(config), owner(settings));
    }

    /** For SQL objects that only read; safe for many threads. */
    public Jdbi reads() {
        return reads;
    }

    /** For the few calls that change something: one fresh connection of the owner per use. */
    public Jdbi changes() {
        return changes;
    }

    /** One fresh connection per use; only for upkeep. */
    DataSource owner() {
        return owner;
    }

    @Override
    public void close() {
        pool.close();
    }

    /** The socket may be silent for as long as a statement may run, and a little more. */
    private static Properties driver(StoreSettings settings, long statementMillis) {
        Properties driver = new Properties();
        driver.setProperty("ApplicationName", "tidemark-model-server");
        driver.setProperty("tcpKeepAlive", "true");
        driver.setProperty("connectTimeout", seconds(settings.connectTimeout().toMillis()));
        driver.setProperty("loginTimeout", seconds(settings.connectTimeout().toMillis()));
        driver.setProperty("socketTimeout", seconds(statementMillis + 2000));
        return driver;
    }

    private static DataSource owner(StoreSettings settings) {
        PGSimpleDataSource owner = new PGSimpleDataSource();
        owner.setUrl(settings.url().toString());
        owner.setUser(settings.ownerUser().orElse(settings.user()));
        (settings.ownerUser().isPresent() ? settings.ownerPassword() : settings.password())
                .map(Secret::reveal)
                .ifPresent(owner::setPassword);
        owner.setApplicationName("tidemark-upkeep");
        owner.setConnectTimeout(5);
        owner.setSocketTimeout(60);
        return owner;
    }

    private static String seconds(long millis) {
        return Long.toString(Math.max(1, (millis + 999) / 1000));
    }
}
