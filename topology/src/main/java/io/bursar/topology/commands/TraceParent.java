package io.bursar.topology.commands;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The W3C {@code traceparent} of one sending of a command. It goes on to journal entry and reply, and as no two sendings
 * have the same, a reply is known by it: of two that send the same command at once, each gets the answer to its own.
 */
final class TraceParent {
    private static final Pattern OF_CALLER = Pattern.compile("00-([0-9a-f]{32})-[0-9a-f]{16}-([0-9a-f]{2})");
    private static final String NOT_SAMPLED = "00";

    private TraceParent() {}

    /**
     * A new span: in the trace of the caller when it names one, else in a trace of its own.
     *
     * @param ofCaller what the caller sent; null or malformed: none
     */
    static String next(String ofCaller) {
        Matcher caller = ofCaller == null ? null : OF_CALLER.matcher(ofCaller);
        return caller != null && caller.matches()
                ? "00-" + caller.group(1) + "-" + random() + "-" + caller.group(2)
                : "00-" + random() + random() + "-" + random() + "-" + NOT_SAMPLED;
    }

    /** Sixteen digits, not all zero: that would be no id. */
    private static String random() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE));
    }
}
