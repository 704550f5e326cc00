package io.bursar.brokers;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * A call to a broker that failed. Its message names broker, account, code and rule, and holds no secret, nor anything of an
 * answer that could be one; it has no cause, because the messages of parsers and protocols hold what they stumble over.
 */
public final class BrokerException extends Exception {
    /** What kind of failure it is, and so what can be done. */
    public enum Kind {
        /** The whole call took longer than it may. Whether the broker carried it out is not known. */
        TIMEOUT,
        /** The broker has been asked too often. */
        RATE_LIMITED,
        /** The broker cannot be reached, or says that it cannot serve now. */
        UNAVAILABLE,
        /** The broker refuses the login, or the login lacks what the broker needs: asking again will not change that. */
        REFUSED,
        /** The broker has answered that all is well, and issued no token. */
        NO_TOKEN,
        /** The broker's answer cannot be understood or believed. */
        MALFORMED_ANSWER
    }

    private final Kind kind;
    private final String code;
    private final Duration retryAfter;

    /**
     * @param code short and fixed, such as {@code http_500}, {@code invalid_client} or {@code tiger_1000}
     * @param message without any secret
     * @param retryAfter how long the broker wants to be left alone, 0 to 24 hours; null when it does not say
     */
    public BrokerException(Kind kind, String code, String message, Duration retryAfter) {
        super(message);
        this.kind = Objects.requireNonNull(kind, "kind");
        this.code = Objects.requireNonNull(code, "code");
        this.retryAfter = retryAfter;
    }

    public Kind kind() {
        return kind;
    }

    /** Fixed for each reason, to be counted and compared: see docs/brokers.md. */
    public String code() {
        return code;
    }

    /** What the broker asked for with {@code Retry-After}: 0 to 24 hours. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
