package io.bursar.service;

import io.bursar.service.http.Access;
import io.bursar.service.http.Json;
import io.bursar.service.http.Parameters;
import io.bursar.service.http.Problem;
import io.bursar.service.http.ProblemException;
import io.bursar.service.http.Routes;
import io.bursar.service.security.Caller;
import io.bursar.service.view.EntryView;
import io.bursar.service.view.Units;
import io.bursar.topology.AccountJournal;
import io.bursar.topology.AccountJournal.Numbered;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.Header;
import io.javalin.http.HttpStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal of an account as it comes, as Server-Sent Events. The id of an event is the offset of its entry, after which
 * a stream goes on. A client that reads slowly is waited for, and cut off when it reads nothing for the server's idle
 * time.
 */
final class EventRoutes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventRoutes.class);

    /** Each has a consumer, some threads' worth of memory and a place at the brokers. */
    private static final int MOST_STREAMS = 100;

    private static final int MOST_STREAMS_OF_A_KEY = 10;

    private static final String LAST_EVENT_ID = "Last-Event-ID";
    private static final String FROM = "from";
    private static final Pattern OFFSET = Pattern.compile("[0-9]{1,18}");
    private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.UTF_8);

    /** Proxies take a connection for dead on which nothing comes; and only what is sent shows that a client has gone. */
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

    /** How long the end of the service may wait for a stream. */
    private static final Duration POLL = Duration.ofMillis(250);

    private final Supplier<Instance> instance;
    private final Semaphore streams = new Semaphore(MOST_STREAMS);
    private final Map<String, Integer> streamsOfKey = new ConcurrentHashMap<>();
    private volatile boolean closed;

    EventRoutes(Supplier<Instance> instance) {
        this.instance = instance;
    }

    void addTo(RoutesConfig routes) {
        Routes.get(routes, "/api/v1/accounts/{accountId}/events", Access.ACCOUNT_READ, this::events, FROM);
    }

    private void events(Context context) throws IOException {
        var accountId = Parameters.accountId(context);
        var after = after(context);
        if (!streams.tryAcquire()) {
            throw new ProblemException(Problem.of(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "too_many_streams",
                    "this instance has " + MOST_STREAMS + " streams of events already; other instances may have room"));
        }
        var keyId = Caller.of(context).keyId();
        try {
            requireRoom(keyId);
            try (var journal = journal(context, accountId, after)) {
                var out = begin(context);
                if (!context.method().equals(HandlerType.HEAD)) {
                    stream(journal, accountId, out, Caller.staysAllowed(context));
                }
            } finally {
                streamsOfKey.computeIfPresent(keyId, (id, count) -> count == 1 ? null : count - 1);
            }
        } finally {
            streams.release();
        }
    }

    /** Counts a stream of the key, or refuses it; without keys, all callers share what there is. */
    private void requireRoom(String keyId) {
        var count = streamsOfKey.merge(keyId, 1, Integer::sum);
        if (!keyId.isEmpty() && count > MOST_STREAMS_OF_A_KEY) {
            streamsOfKey.computeIfPresent(keyId, (id, counted) -> counted - 1);
            throw new ProblemException(Problem.of(
                    HttpStatus.TOO_MANY_REQUESTS,
                    "too_many_streams",
                    "the key " + keyId + " has " + MOST_STREAMS_OF_A_KEY + " streams of events already"));
        }
    }

    private AccountJournal journal(Context context, String accountId, OptionalLong after) {
        try {
            return instance.get().journalOf(accountId, after);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.invalid(
                    LAST_EVENT_ID,
                    context.header(LAST_EVENT_ID),
                    "the id of an event of this account: " + e.getMessage()));
        }
    }

    /** Not through Javalin, which would keep the whole answer until it is complete. */
    private static OutputStream begin(Context context) throws IOException {
        var response = context.res();
        response.setStatus(HttpStatus.OK.getCode());
        response.setContentType("text/event-stream");
        response.setHeader(Header.CACHE_CONTROL, "no-store");
        // Some proxies would collect events otherwise.
        response.setHeader("X-Accel-Buffering", "no");
        response.flushBuffer();
        return response.getOutputStream();
    }

    private void stream(AccountJournal journal, String accountId, OutputStream out, BooleanSupplier staysAllowed) {
        long written = System.nanoTime();
        try {
            while (!closed && staysAllowed.getAsBoolean()) {
                var entries = journal.poll(POLL);
                if (!entries.isEmpty()) {
                    for (var entry : entries) {
                        out.write(event(entry));
                    }
                } else if (System.nanoTime() - written >= KEEP_ALIVE.toNanos()) {
                    out.write(COMMENT);
                } else {
                    continue;
                }
                out.flush();
                written = System.nanoTime();
            }
        } catch (IOException clientHasGone) {
            LOG.debug("the stream of account {} ends: {}", accountId, clientHasGone.toString());
        } catch (RuntimeException e) {
            // The client has the status already. It comes back after the last event that it has.
            LOG.warn("the stream of account {} breaks off", accountId, e);
        }
    }

    private byte[] event(Numbered entry) throws IOException {
        var view = EntryView.of(entry.entry(), new Units(instance.get().reference()));
        var event = new ByteArrayOutputStream();
        event.write(
                ("id: " + entry.offset() + "\nevent: " + view.kind() + "\ndata: ").getBytes(StandardCharsets.UTF_8));
        event.write(Json.bytes(view));
        event.write("\n\n".getBytes(StandardCharsets.UTF_8));
        return event.toByteArray();
    }

    private static OptionalLong after(Context context) {
        var from = context.queryParam(FROM);
        if (from != null && !from.equals("beginning")) {
            throw new ProblemException(Problem.invalid(FROM, from, "beginning"));
        }
        var last = context.header(LAST_EVENT_ID);
        if (last == null) {
            return from == null ? OptionalLong.empty() : OptionalLong.of(-1);
        }
        if (!OFFSET.matcher(last).matches()) {
            throw new ProblemException(Problem.invalid(LAST_EVENT_ID, last, "the id of an event of this account"));
        }
        return OptionalLong.of(Long.parseLong(last));
    }

    /** Ends the streams soon. */
    @Override
    public void close() {
        closed = true;
    }
}
