package io.bursar.cli.scenario;

import io.bursar.topology.settings.Settings;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A running system: messages go to its topics as those of any other program, and what comes of them is read from its
 * journal and its replies. Every play uses accounts, assets and instruments of its own, so a scenario can be played again
 * and beside other traffic; they stay there. The scenario's latest time is now.
 */
public final class StackStage implements Stage {
    private final StackConnection connection;
    private final Optional<URI> http;
    private final Optional<String> apiKey;

    /**
     * Connects to the brokers, the schema registry and the topics that the settings name, and waits for the application
     * of their {@code application.id}.
     *
     * @param http the base of the HTTP API; when given, its answers are held against the journal after each scenario
     * @param apiKey for that API; empty when it asks for none
     */
    public StackStage(Settings settings, Optional<URI> http, Optional<String> apiKey) {
        connection = new StackConnection(settings);
        this.http = http;
        this.apiKey = apiKey;
    }

    @Override
    public String name() {
        return "stack";
    }

    @Override
    public boolean setsTheClock() {
        return false;
    }

    @Override
    public Play begin(Scenario scenario) {
        var now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        var shift = Duration.between(Scenario.START.plus(scenario.length()), now);
        var relabelling = new Relabelling(suffix(now), shift);
        var check = http.map(base -> new HttpCheck(base, apiKey, relabelling));
        return new StackPlay(connection, scenario, relabelling, check);
    }

    @Override
    public void close() {
        connection.close();
    }

    /** Of base 36: the time, and something random for plays that begin in the same millisecond. */
    private static String suffix(Instant now) {
        int radix = 36;
        long random = ThreadLocalRandom.current().nextLong((long) radix * radix * radix);
        return "-" + Long.toString(now.toEpochMilli(), radix) + Long.toString(random, radix);
    }
}
