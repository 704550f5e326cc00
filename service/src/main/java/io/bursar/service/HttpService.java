package io.bursar.service;

import com.codahale.metrics.MetricRegistry;
import io.bursar.service.command.CommandApi;
import io.bursar.service.desk.DeskAccess;
import io.bursar.service.desk.DeskService;
import io.bursar.service.history.History;
import io.bursar.service.metrics.MetricsPage;
import io.bursar.service.openapi.DocumentRoutes;
import io.bursar.service.security.Security;
import io.bursar.topology.Bursar;
import io.bursar.topology.settings.Settings;
import io.javalin.Javalin;
import io.javalin.util.JavalinBindException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP API of one instance: commands, queries and keys under {@code /api/v1}, {@code /health/live}, {@code
 * /health/ready} and {@code /metrics}. Each request has a virtual thread. It can run before there is an application: it is alive then, not ready,
 * and answers all of them with 503. Thread-safe; started once.
 */
public final class HttpService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpService.class);

    private final String host;
    private final int configuredPort;
    private final String scheme;
    private final Security security;
    private final Forwarder forwarder;
    private final EventRoutes events;
    private final Optional<History> history;
    private final Optional<DeskService> desk;
    private final Javalin server;
    private volatile Instance instance;

    /**
     * A service without an application yet, for an application that has to wait before it can be made; see
     * {@link #attach}.
     *
     * @param metrics those that the application gets as well
     * @param desk what it does with broker accounts, if anything; stays the caller's, who closes it after this
     * @throws HttpServiceException when the files of TLS cannot be used
     */
    public HttpService(Settings settings, MetricRegistry metrics, Optional<DeskService> desk) {
        this(settings, new StartingInstance(), Security.of(settings, metrics), metrics, desk);
    }

    /**
     * A service for an application, which need not be started; without broker accounts.
     *
     * @throws HttpServiceException when the files of TLS cannot be used
     */
    public HttpService(Bursar bursar) {
        this(bursar.settings(), bursar.metrics(), new RunningInstance(bursar));
    }

    HttpService(Settings settings, MetricRegistry metrics, Instance instance) {
        this(settings, metrics, instance, Security.of(settings, metrics));
    }

    /** @param security is started and closed with the service */
    HttpService(Settings settings, MetricRegistry metrics, Instance instance, Security security) {
        this(settings, instance, security, metrics, Optional.empty());
    }

    HttpService(
            Settings settings,
            Instance instance,
            Security security,
            MetricRegistry metrics,
            Optional<DeskService> desk) {
        this.desk = desk;
        this.host = settings.get(Settings.HTTP_HOST);
        this.configuredPort = settings.get(Settings.HTTP_PORT);
        this.instance = instance;
        this.security = security;
        var tls = TlsFiles.of(settings);
        this.scheme = tls.isPresent() ? "https" : "http";
        var decisionTimeout = Duration.ofMillis(settings.get(Settings.HTTP_DECISION_TIMEOUT_MS));
        this.forwarder = new Forwarder(tls, longer(decisionTimeout, AccountReads.WAIT_FOR_SEQUENCE));
        this.events = new EventRoutes(this::instance);
        this.history = History.of(settings);
        this.server = Javalin.create(config -> {
            HttpServerConfiguration.apply(config, host, configuredPort, tls);
            Problems.addTo(config.routes, forwarder);
            security.addTo(config.routes);
            var historyRoutes = new HistoryRoutes(this::instance, history);
            historyRoutes.addTo(config.routes);
            new AccountRoutes(this::instance, historyRoutes).addTo(config.routes);
            new AuditRoute(history, InstantSource.system()).addTo(config.routes);
            new AccountListRoute(this::instance).addTo(config.routes);
            new ReferenceListRoutes(this::instance).addTo(config.routes);
            events.addTo(config.routes);
            new CommandApi(() -> instance().ledger(), decisionTimeout).addTo(config.routes);
            DocumentRoutes.addTo(config.routes);
            desk.ifPresent(service -> service.addTo(
                    config.routes,
                    this::deskAccess,
                    id -> security.keys().map(keys -> keys.boundTo(id)).orElse(List.of()),
                    metrics));
            security.keys().ifPresent(keys -> new KeyRoutes(keys, InstantSource.system()).addTo(config.routes));
            new HealthRoutes(this::instance, security).addTo(config.routes);
            new MetricsRoute(new MetricsPage(metrics), this::instance).addTo(config.routes);
        });
    }

    /** From now on requests are about this application. */
    public void attach(Bursar bursar) {
        attach(new RunningInstance(bursar));
    }

    void attach(Instance next) {
        instance = next;
    }

    /**
     * Listens on {@code http.host} and {@code http.port}, and begins to read API keys.
     *
     * @throws HttpServiceException when it cannot
     */
    public void start() {
        try {
            security.start();
            server.start();
        } catch (JavalinBindException e) {
            throw new HttpServiceException(
                    "http.port is " + configuredPort + ": it must be free and allowed on http.host " + host, e);
        }
        LOG.info("HTTP API on {}://{}:{}", scheme, host, port());
    }

    /** The port that it listens on, after {@link #start}. */
    public int port() {
        return server.port();
    }

    /** Ends at once; requests that are being answered are cut off. */
    @Override
    public void close() {
        events.close();
        server.stop();
        security.close();
        forwarder.close();
        history.ifPresent(History::close);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /**
     * Has this instance take its part in the refreshing of tokens, as long as what it gives is not closed. Closing that
     * tells the desk what has been routed up to then.
     *
     * @param bursar is started
     */
    public DeskWork workForDesk(Bursar bursar) {
        if (desk.isEmpty()) {
            return () -> {};
        }
        var worker = desk.get().worker(this::deskAccess);
        var calls = bursar.refreshCalls(worker::take);
        return () -> {
            calls.close();
            worker.close();
            try {
                desk.get().publishRouting();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    /** What an instance does for the desk by itself; it ends when this is closed. */
    public interface DeskWork extends AutoCloseable {
        @Override
        void close();
    }

    private DeskAccess deskAccess() {
        return instance.desk();
    }

    private Instance instance() {
        return instance;
    }
}
