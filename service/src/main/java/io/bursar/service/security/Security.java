package io.bursar.service.security;

import com.codahale.metrics.MetricRegistry;
import io.bursar.service.limits.LocalRateLimits;
import io.bursar.service.limits.RateLimits;
import io.bursar.topology.Registries;
import io.bursar.topology.settings.HttpAuth;
import io.bursar.topology.settings.Settings;
import io.javalin.config.RoutesConfig;
import java.time.InstantSource;
import java.util.Optional;

/** All that guards the API of one instance. Thread-safe; started and closed once. */
public final class Security implements AutoCloseable {
    private final Recorder recorder;
    private final Optional<KeyLog> log;
    private final Optional<ApiKeys> keys;
    private final AccessControl accessControl;
    private final RateLimits limits;
    private final Runnable afterwards;

    private Security(
            Recorder recorder,
            Optional<KeyLog> log,
            Optional<ApiKeys> keys,
            AccessControl accessControl,
            RateLimits limits,
            Runnable afterwards) {
        this.recorder = recorder;
        this.log = log;
        this.keys = keys;
        this.accessControl = accessControl;
        this.limits = limits;
        this.afterwards = afterwards;
    }

    /**
     * As the setting {@code http.auth} says, with keys and records in Kafka. Connects to nothing before it is started.
     *
     * @param metrics gets what is counted
     */
    public static Security of(Settings settings, MetricRegistry metrics) {
        var registry = Registries.of(settings);
        var recorder = new KafkaRecorder(settings, registry, metrics.counter("audit_events_lost_total"));
        var audit = new Audit(recorder::audit, InstantSource.system(), metrics);
        if (settings.get(Settings.HTTP_AUTH) == HttpAuth.NONE) {
            return open(recorder, audit, registry::close);
        }
        var limits = RateLimits.of(settings, metrics);
        var table = new KeyTable(limits);
        var uses = new KeyUses(recorder::used);
        var log = new KafkaKeyLog(settings, registry, table, uses);
        return withKeys(table, limits, log, uses, recorder, audit, InstantSource.system(), registry::close);
    }

    /** Lets everybody in. */
    static Security open(Recorder recorder, Audit audit, Runnable afterwards) {
        Gate gate = context -> Caller.anybody(context.ip()).attachTo(context);
        var accessControl = new AccessControl(gate, audit);
        return new Security(
                recorder, Optional.empty(), Optional.empty(), accessControl, new LocalRateLimits(), afterwards);
    }

    /**
     * Asks for keys.
     *
     * @param limits those of the table, which are started and closed with this
     * @param afterwards what is done after all else is closed
     */
    static Security withKeys(
            KeyTable table,
            RateLimits limits,
            KeyLog log,
            KeyUses uses,
            Recorder recorder,
            Audit audit,
            InstantSource clock,
            Runnable afterwards) {
        var gate = new KeyGate(table, log, uses, clock);
        var keys = new ApiKeys(table, log, uses, clock);
        var accessControl = new AccessControl(gate, audit);
        return new Security(recorder, Optional.of(log), Optional.of(keys), accessControl, limits, afterwards);
    }

    /** Guards all routes that there will be. */
    public void addTo(RoutesConfig routes) {
        accessControl.addTo(routes);
    }

    /** The keys; empty where none are asked for. */
    public Optional<ApiKeys> keys() {
        return keys;
    }

    /** Begins to read keys; returns at once. */
    public void start() {
        recorder.start();
        limits.start();
        log.ifPresent(KeyLog::start);
    }

    /** Whether it can be told who may do what. */
    public boolean isReady() {
        return log.map(KeyLog::isRead).orElse(true);
    }

    /** What keeps it from learning of new keys and of revocations, in words; empty when nothing does. */
    public Optional<String> problem() {
        return log.flatMap(KeyLog::problem);
    }

    /** Writes what is still to be recorded, as far as that is quick. */
    @Override
    public void close() {
        log.ifPresent(KeyLog::close);
        limits.close();
        recorder.close();
        afterwards.run();
    }
}
