package io.bursar.service;

import io.javalin.config.JavalinConfig;
import java.util.Optional;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;

/** What the server allows, and what it tells about itself. */
final class HttpServerConfiguration {
    /** Request line and headers together: the longest path here is under 200 characters, the rest is for proxies. */
    private static final int MAX_REQUEST_HEAD_BYTES = 8 << 10;

    /** Virtual threads have no bound of their own, and each connection has one request at a time. */
    private static final int MAX_CONNECTIONS = 1_000;

    /** Each answer takes one: most have a few hundred bytes. */
    private static final int RESPONSE_BUFFER_BYTES = 4 << 10;

    private HttpServerConfiguration() {}

    static void apply(JavalinConfig config, String host, int port, Optional<TlsFiles> tls) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.concurrency.useVirtualThreads = true;
        config.http.prefer405over404 = true;
        config.http.responseBufferSize = RESPONSE_BUFFER_BYTES;
        config.jetty.host = host;
        config.jetty.port = port;
        tls.ifPresent(
                files -> config.jetty.addConnector((server, http) -> tlsConnector(server, http, host, port, files)));
        config.jetty.modifyHttpConfiguration(HttpServerConfiguration::applyToHttp);
        config.jetty.modifyServer(HttpServerConfiguration::applyToServer);
        config.jetty.modifyServletContextHandler(context -> context.setErrorHandler(new JettyProblems()));
    }

    private static ServerConnector tlsConnector(
            Server server, HttpConfiguration http, String host, int port, TlsFiles files) {
        var plain = new HttpConnectionFactory(http);
        var connector =
                new ServerConnector(server, new SslConnectionFactory(files.context(), plain.getProtocol()), plain);
        connector.setHost(host);
        connector.setPort(port);
        return connector;
    }

    private static void applyToHttp(HttpConfiguration http) {
        http.setSendServerVersion(false);
        http.setSendXPoweredBy(false);
        http.setRequestHeaderSize(MAX_REQUEST_HEAD_BYTES);
        // Ids have no characters that would need the ambiguous forms that Javalin lets through.
        http.setUriCompliance(UriCompliance.DEFAULT);
    }

    private static void applyToServer(Server server) {
        server.addBean(new NetworkConnectionLimit(MAX_CONNECTIONS, server));
        server.setErrorHandler(new JettyProblems());
    }
}
