package io.tidemark.server;

import io.javalin.config.JavalinConfig;
import io.tidemark.server.request.RequestLogLine;
import io.tidemark.server.request.ResponseHeaders;
import io.tidemark.server.request.UnroutedProblems;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Jetty as this server wants it: bounded, silent about itself, patient at stop. */
final class HttpListener {
    private static final int HEADER_BYTES = 8_192;

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
                            new ServerConnector(server, new HttpConnectionFactory(http));
                    connector.setHost(settings.host());
                    connector.setPort(settings.port());
                    connector.setIdleTimeout(settings.idleTimeout().toMillis());
                    return connector;
                });
        config.jetty.modifyServer(
                server -> {
                    server.setStopTimeout(settings.stopTimeout().toMillis());
                    server.setErrorHandler(new UnroutedProblems());
                    server.setRequestLog(new RequestLogLine());
                });
    }
}
