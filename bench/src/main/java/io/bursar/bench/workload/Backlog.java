package io.bursar.bench.workload;

import io.bursar.bench.stack.Deployment;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Writes commands to their topics as fast as they go. */
public final class Backlog {
    /**
     * After so many, all must lie on their topics before the next is sent. Fewer than lie between an order and its fill,
     * so that the broker's timestamps put the fill behind the order.
     */
    private static final int WAVE = 2_000;

    private Backlog() {}

    /** Returns when the next so many commands of the flow lie on their topics. */
    public static Sent write(Deployment deployment, TradingFlow flow, int commands) {
        var before = flow.sent();
        write(deployment, commands, (number, now) -> flow.next(now));
        return flow.sent().since(before);
    }

    /** Returns when so many messages lie on their topics. */
    static void write(Deployment deployment, int count, Maker maker) {
        try (var producer = MessageProducer.forBacklogs(deployment)) {
            for (int sent = 0; sent < count; ) {
                var now = Instant.now().truncatedTo(ChronoUnit.MICROS);
                int end = Math.min(sent + WAVE, count);
                for (; sent < end; sent++) {
                    producer.send(maker.make(sent, now));
                }
                producer.flush();
            }
        }
    }

    /** Makes messages, numbered from 0. */
    interface Maker {
        Message make(int number, Instant occurredAt);
    }
}
