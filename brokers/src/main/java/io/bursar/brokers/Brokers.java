package io.bursar.brokers;

import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The brokers that can be asked, with what each may be asked at most. Thread-safe; close it to end calls under way. */
public final class Brokers implements AutoCloseable {
    /** The id of Tiger Brokers where no file says otherwise. */
    static final String TIGER = "tiger";

    private final BrokerHttp http;
    private final Map<String, Known> known;

    /** A broker and its limits. */
    record Known(Broker broker, BrokerLimits limits) {}

    Brokers(BrokerHttp http, Map<String, Known> known) {
        this.http = http;
        this.known = Map.copyOf(known);
    }

    /** Tiger Brokers alone, under the id {@code tiger}, its public URLs and the default limits. */
    public static Brokers tigerAlone() {
        var http = new BrokerHttp(InstantSource.system());
        var tiger = new TigerBroker(TIGER, TigerSettings.published(), http, InstantSource.system());
        return new Brokers(http, Map.of(TIGER, new Known(tiger, BrokerLimits.DEFAULT)));
    }

    /** In order of the alphabet. */
    public Set<String> ids() {
        return new TreeSet<>(known.keySet());
    }

    /** Empty for an id that there is not. */
    public Optional<Broker> broker(String id) {
        return Optional.ofNullable(known.get(id)).map(Known::broker);
    }

    /** Empty for an id that there is not. */
    public Optional<BrokerLimits> limits(String id) {
        return Optional.ofNullable(known.get(id)).map(Known::limits);
    }

    /** Calls under way fail, and so does every later one. */
    @Override
    public void close() {
        http.close();
    }
}
