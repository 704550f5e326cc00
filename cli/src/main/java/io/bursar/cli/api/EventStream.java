package io.bursar.cli.api;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/**
 * Follows Server-Sent Events. When the connection is lost it is made anew after a pause, and goes on after the last event
 * that was seen, so none is missed and none comes twice. For one thread only.
 */
public final class EventStream {
    private static final String LAST_EVENT_ID = "Last-Event-ID";

    private final ApiClient client;
    private final ApiRequest request;
    private final Patience patience;
    private final Consumer<String> notes;
    private String lastEventId = "";
    private int failures;

    /**
     * How long to wait for what.
     *
     * @param silence after which a connection counts as lost; the API says something more often than that
     * @param firstPause before the connection is made anew; doubled each time
     * @param longestPause no pause is longer
     * @param tries that may fail one after the other
     */
    public record Patience(Duration silence, Duration firstPause, Duration longestPause, int tries) {
        /** Some two minutes and a half without the API. */
        public static final Patience NORMAL =
                new Patience(Duration.ofMinutes(1), Duration.ofMillis(500), Duration.ofSeconds(30), 10);

        private Duration pause(int failures) {
            var pause = firstPause.multipliedBy(1L << Math.min(failures - 1, 20));
            var bounded = pause.compareTo(longestPause) > 0 ? longestPause : pause;
            // Not all clients that were cut off at once come back at once.
            return bounded.minusMillis(ThreadLocalRandom.current().nextLong(bounded.toMillis() / 4 + 1));
        }
    }

    /** What is done with what comes. */
    public interface Follower {
        /**
         * The events are open, and none has been seen so far: what was there before does not come by itself.
         *
         * @throws ApiException when it cannot be had
         */
        void opened() throws InterruptedException;

        /** An event with this data. */
        void event(String data);
    }

    /**
     * @param client stays the caller's
     * @param request whose first answer begins with what comes from now on
     * @param notes gets a sentence for each connection that was lost
     */
    public EventStream(ApiClient client, ApiRequest request, Patience patience, Consumer<String> notes) {
        this.client = client;
        this.request = request;
        this.patience = patience;
        this.notes = notes;
    }

    /**
     * Hands over all events, in the caller's thread, until it cannot go on or is interrupted.
     *
     * @throws ApiException when the API refuses, or was not there for longer than the patience lasts
     */
    public void follow(Follower follower) throws InterruptedException {
        while (true) {
            var why = "the API has ended it";
            try {
                readOnce(follower);
            } catch (IOException e) {
                why = Failures.describe(e);
            } catch (ApiException e) {
                if (!e.isPassing()) {
                    throw e;
                }
                why = e.getMessage().replaceFirst("\\.$", "");
            }
            failures++;
            if (failures > patience.tries()) {
                throw new ApiException(
                        ExitCode.FAILURE,
                        "The events cannot be followed any longer: the connection was lost %d times in a row; the last time, %s."
                                .formatted(failures, why));
            }
            var pause = patience.pause(failures);
            notes.accept("The connection was lost (%s); it is made anew in %d ms.".formatted(why, pause.toMillis()));
            Thread.sleep(pause);
        }
    }

    private void readOnce(Follower follower) throws IOException, InterruptedException {
        var from = lastEventId.isEmpty() ? Map.<String, String>of() : Map.of(LAST_EVENT_ID, lastEventId);
        try (var body = client.open(request, from).body();
                var lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
                var watch = new SilenceWatch(body, patience.silence())) {
            if (lastEventId.isEmpty()) {
                follower.opened();
            }
            var event = new Event();
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                watch.heard();
                failures = 0;
                if (line.isEmpty()) {
                    event.end(follower);
                    event = new Event();
                } else {
                    event.add(line);
                }
            }
        }
    }

    /** The lines of one event so far. */
    private final class Event {
        private final StringBuilder text = new StringBuilder();
        private String id = "";

        void add(String line) {
            int colon = line.indexOf(':');
            var field = colon < 0 ? line : line.substring(0, colon);
            var value = colon < 0 ? "" : line.substring(colon + 1).replaceFirst("^ ", "");
            switch (field) {
                case "data" -> text.append(text.isEmpty() ? "" : "\n").append(value);
                case "id" -> id = value;
                default -> {
                    // Comments, which only say that the API is there, and fields that nobody here asks for.
                }
            }
        }

        /** It counts as seen only once it was handed over. */
        void end(Follower follower) {
            if (!text.isEmpty()) {
                follower.event(text.toString());
            }
            if (!id.isEmpty()) {
                lastEventId = id;
            }
        }
    }
}
