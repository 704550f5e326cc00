package io.bursar.local;

import java.util.stream.Stream;

/** Where Kafka Connect carries what. */
public record Sinks(Sink postgres, Sink redis, Carried topics) {
    /** Nowhere: there is no Kafka Connect. */
    public static final Sinks NONE = new Sinks(Sink.NONE, Sink.NONE, Carried.NOTHING);

    /**
     * The topics that are carried.
     *
     * @param journal to PostgreSQL and Redis; the others to PostgreSQL
     * @param brokerAccounts with their latest states
     * @param tokenHistory with the refreshes of their tokens
     */
    public record Carried(String journal, String audit, String brokerAccounts, String tokenHistory) {
        /** None. */
        public static final Carried NOTHING = new Carried("", "", "", "");
    }

    /**
     * One destination.
     *
     * @param url of a server of one's own: {@code jdbc:postgresql:…} or {@code redis:…}; empty for the others
     */
    public record Sink(Kind kind, String url) {
        public static final Sink NONE = new Sink(Kind.NONE, "");
        /** A server that is part of the stack. */
        public static final Sink EMBEDDED = new Sink(Kind.EMBEDDED, "");

        /** Whose server it is. */
        public enum Kind {
            NONE,
            EMBEDDED,
            OWN
        }

        /** A server that is there already. */
        public static Sink at(String url) {
            return new Sink(Kind.OWN, url);
        }

        boolean isEmbedded() {
            return kind == Kind.EMBEDDED;
        }

        boolean isWanted() {
            return kind != Kind.NONE;
        }
    }

    boolean isAnyWanted() {
        return Stream.of(postgres, redis).anyMatch(Sink::isWanted);
    }
}
