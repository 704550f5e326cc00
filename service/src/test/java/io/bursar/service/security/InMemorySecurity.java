package io.bursar.service.security;

import com.codahale.metrics.MetricRegistry;
import io.bursar.schemas.ApiKey;
import io.bursar.schemas.ApiKeyUse;
import io.bursar.schemas.AuditEvent;
import io.bursar.service.http.Access;
import io.bursar.service.limits.LocalRateLimits;
import io.bursar.service.limits.RateLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** The security of an API whose keys and records are in memory. Its clock stands still until it is told to go on. */
public final class InMemorySecurity {
    /** Every right there is. */
    public static final List<Access> EVERYTHING = List.copyOf(Access.scopes());

    private final List<AuditEvent> events = new CopyOnWriteArrayList<>();
    private final List<ApiKeyUse> uses = new CopyOnWriteArrayList<>();
    private final KeyTable table;
    private final Log log = new Log();
    private final Security security;
    private volatile Instant now = Instant.parse("2026-03-02T12:00:00Z");

    // What a test sets; read by the threads of the server.
    public volatile boolean isRead = true;
    public volatile String problem;

    public InMemorySecurity(MetricRegistry metrics) {
        this(metrics, new LocalRateLimits());
    }

    /** @param limits are started and closed with it */
    public InMemorySecurity(MetricRegistry metrics, RateLimits limits) {
        var recorder = new Memory();
        table = new KeyTable(limits);
        security = Security.withKeys(
                table,
                limits,
                log,
                new KeyUses(recorder::used),
                recorder,
                new Audit(recorder::audit, () -> now, metrics),
                () -> now,
                () -> {});
    }

    /** One that lets everybody in, as with {@code http.auth=none}, and keeps no records. */
    public static Security open(MetricRegistry metrics) {
        var nothing = new Nothing();
        return Security.open(nothing, new Audit(nothing::audit, Instant::now, metrics), () -> {});
    }

    public Security security() {
        return security;
    }

    /** The text of a new key with every right. */
    public String administrator() {
        var key = NewKey.random();
        log.write(ApiKeys.administrator(key, "admin", now));
        return key.text();
    }

    /** The text of a new key. */
    public String key(KeyRights rights) {
        var creator = new Caller("test", "test", Set.copyOf(EVERYTHING), Set.of(), "");
        return security.keys().orElseThrow().create(rights, creator).key().text();
    }

    public static KeyRights rights(Access... scopes) {
        return new KeyRights("desk", List.of(scopes), List.of(), null, List.of(), null);
    }

    /** The id in a key. */
    public static String id(String key) {
        return KeyText.idIn(key).orElseThrow();
    }

    public void revoke(String key) {
        var state = table.find(id(key)).orElseThrow().state();
        log.write(ApiKey.newBuilder(state).setRevokedAt(now).build());
    }

    /** Tells another instance of all keys there are. */
    public void tellKeysTo(InMemorySecurity other) {
        table.all().forEach(other.table::apply);
    }

    public void goOn(Duration time) {
        now = now.plus(time);
    }

    public Instant now() {
        return now;
    }

    public List<AuditEvent> events() {
        return events;
    }

    public List<ApiKeyUse> uses() {
        return uses;
    }

    private final class Log implements KeyLog {
        @Override
        public void start() {
            // All is there.
        }

        @Override
        public boolean isRead() {
            return isRead;
        }

        @Override
        public Optional<String> problem() {
            return Optional.ofNullable(problem);
        }

        @Override
        public void write(ApiKey state) {
            table.apply(state);
        }

        @Override
        public void close() {
            // Holds nothing but memory.
        }
    }

    private static final class Nothing implements Recorder {
        @Override
        public void start() {
            // Has nothing to do.
        }

        @Override
        public void audit(AuditEvent event) {
            // Nobody looks.
        }

        @Override
        public void used(ApiKeyUse use) {
            // Nobody looks.
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }

    private final class Memory implements Recorder {
        @Override
        public void start() {
            // Remembers at once.
        }

        @Override
        public void audit(AuditEvent event) {
            events.add(event);
        }

        @Override
        public void used(ApiKeyUse use) {
            uses.add(use);
        }

        @Override
        public void close() {
            // Holds nothing but memory.
        }
    }
}
