package io.tidemark.server;

import io.javalin.config.JavalinConfig;
import io.tidemark.server.request.RequestLogLine;
import io.tidemark.server.request.ResponseHeaders;
import io.tidemark.server.request.UnroutedProblems;
import java.time.Duration;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.ssl.KeyStoreScanner;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Jetty as this server wants it: bounded, silent about itself, patient at stop. */
final class HttpListener {
    private static final int HEADER_BYTES = 8_192;
    private static final int RELOAD_SECONDS = 5;
    private static final Duration STRICT_TRANSPORT = Duration.ofDays(365);

    private HttpListener() {}

    static void configure(JavalinConfig config, ServerSettings settings) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.prefer405over404 = true;
        config.http.maxRequestSize = 0;
        QueuedThreadPool threads = new QueuedThreadPool(settings.threads(), 8);
        threads.setName("http");
        config.jetty.threadPool = threads;
        config.jetty.host = settings.host();
        config.jetty.port = settings.port();
        config.jetty.modifyHttpConfiguration(
                http -> {
                    http.setSendServerVersion(false);
                    http.setSendXPoweredBy(false);
                    http.setRequestHeaderSize(HEADER_BYTES);
                    http.addCustomizer(new ResponseHeaders());
                });
        config.jetty.addConnector(
                (server, http) -> {
                    ServerConnector connector =
                            settings.tls()
                                    .map(
                                            tls ->
                                                    encrypted(
                                                            server,
                                                            http,
                                                            settings.headTimeout(),
                                                            tls))
                                    .orElseGet(
                                            () ->
                                                    new ServerConnector(
                                                            server,
                                                            new TimedHeads(
                                                                    http, settings.headTimeout())));
                    connector.setHost(settings.host());
                    connector.setPort(settings.port());
                    connector.setIdleTimeout(settings.idleTimeout().toMillis());
                    server.addBean(new NetworkConnectionLimit(settings.connections(), connector));
                    return connector;
                });
        config.jetty.modifyServer(
                server -> {
                    server.setStopTimeout(settings.stopTimeout().toMillis());
                    server.setErrorHandler(new UnroutedProblems());
                    server.setRequestLog(new RequestLogLine());
                });
    }

    /** TLS 1.2 and 1.3; a certificate renewed in place is taken up within seconds. */
    private static ServerConnector encrypted(
            Server server, HttpConfiguration http, Duration headTimeout, TlsSettings tls) {
        SslContextFactory.Server context = new SslContextFactory.Server();
        context.setKeyStoreType("PKCS12");
        context.setKeyStorePath(tls.keystore().toString());
        context.setKeyStorePassword(tls.password().reveal());
        context.setIncludeProtocols("TLSv1.3", "TLSv1.2");
        HttpConfiguration secure = new HttpConfiguration(http);
        SecureRequestCustomizer customizer = new SecureRequestCustomizer();
        // Names are the balancer's business; browsers are told to stay with HTTPS.
        customizer.setSniHostCheck(false);
        customizer.setStsMaxAge(STRICT_TRANSPORT.toSeconds());
        secure.addCustomizer(customizer);
        KeyStoreScanner scanner = new KeyStoreScanner(context);
        scanner.setScanInterval(RELOAD_SECONDS);
        server.addBean(scanner);
        return new ServerConnector(server, context, new TimedHeads(secure, headTimeout));
    }
}
