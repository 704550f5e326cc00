package io.bursar.brokers;

import io.bursar.brokers.BrokerException.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** One call to a broker with one login: until when it may last, and how its failure is told. */
final class BrokerCall {
    private static final int MOST_HEADER_BYTES = 16 * 1024;

    private final String broker;
    private final BrokerLogin login;
    private final Duration atMost;
    private final long deadline;

    /** The time runs from now. */
    BrokerCall(String broker, BrokerLogin login, Duration atMost) {
        if (atMost.isNegative() || atMost.isZero()) {
            throw new IllegalArgumentException("atMost " + atMost + " must be positive");
        }
        this.broker = broker;
        this.login = login;
        this.atMost = atMost;
        this.deadline = System.nanoTime() + atMost.toNanos();
    }

    BrokerLogin login() {
        return login;
    }

    long nanosLeft() throws BrokerException {
        var left = deadline - System.nanoTime();
        if (left <= 0) {
            throw timeout();
        }
        return left;
    }

    BrokerException timeout() {
        return failure(Kind.TIMEOUT, "timeout", "no answer within " + atMost.toMillis() + " ms");
    }

    BrokerException failure(Kind kind, String code, String sentence) {
        return failure(kind, code, sentence, null);
    }

    BrokerException failure(Kind kind, String code, String sentence, Duration retryAfter) {
        return new BrokerException(
                kind, code, broker + ", account " + login.brokerAccountId() + ": " + sentence, retryAfter);
    }

    BrokerException malformed(String code, String sentence) {
        return failure(Kind.MALFORMED_ANSWER, code, sentence);
    }

    String property(String name) throws BrokerException {
        var value = login.property(name);
        if (value == null) {
            throw incomplete(name);
        }
        return value;
    }

    byte[] secret(String name) throws BrokerException {
        var value = login.secret(name);
        if (value == null) {
            throw incomplete(name);
        }
        return value;
    }

    /** A secret that travels as it is, in a header or a form. */
    String secretText(String name) throws BrokerException {
        var value = secret(name);
        if (!isToken(value)) {
            throw failure(
                    Kind.REFUSED,
                    "login_unusable",
                    name + " must be 1 to " + MOST_HEADER_BYTES + " visible ASCII characters without spaces");
        }
        return new String(value, StandardCharsets.US_ASCII);
    }

    /** What a broker has issued, as the bytes to be kept. */
    byte[] issued(String name, String value) throws BrokerException {
        var bytes = value.getBytes(StandardCharsets.UTF_8);
        if (!isToken(bytes)) {
            throw malformed(
                    "token_unusable",
                    "the " + name + " it issued is not 1 to " + MOST_HEADER_BYTES + " visible ASCII characters");
        }
        return bytes;
    }

    /** Tokens are visible characters of ASCII, by RFC 6749, appendix A.12, and anything else would not survive a header. */
    static boolean isToken(byte[] value) {
        if (value.length == 0 || value.length > MOST_HEADER_BYTES) {
            return false;
        }
        for (var character : value) {
            if (character <= ' ' || character > '~') {
                return false;
            }
        }
        return true;
    }

    private BrokerException incomplete(String name) {
        return failure(Kind.REFUSED, "login_incomplete", name + " is missing");
    }
}
