package io.bursar.service.command;

import io.bursar.schemas.Fill;
import io.bursar.schemas.OrderCommand;
import io.bursar.topology.commands.NotWrittenException;
import io.javalin.http.HttpStatus;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/**
 * Has the commands of one account decided in the order in which a batch has them. Kafka keeps it within a topic; before a
 * command of another topic is sent, those before it have to be decided. Orders and fills do not wait for each other: a fill that
 * is there before its order waits in the ledger, and one that comes after its end is settled late. Waiting takes of the time in
 * which a batch is sent. For one batch and thread.
 */
final class BatchOrder {
    private final long deadline;

    /** The last that may not be decided yet, by account and kind of message, each of which has a topic. */
    private final Map<String, Map<Class<?>, CommandDesk.Open>> latest = new HashMap<>();

    /** @param atMost from now on, in which all of the batch is to be sent */
    BatchOrder(Duration atMost) {
        deadline = System.nanoTime() + atMost.toNanos();
    }

    boolean isTooLate() {
        return System.nanoTime() >= deadline;
    }

    /**
     * Waits until the message may be sent.
     *
     * @return false when it must not be: one before it is not decided within its time, or may not have been written
     */
    boolean await(SpecificRecord message) throws InterruptedException {
        var ofAccount = latest.getOrDefault(CommandDesk.accountId(message), Map.of());
        for (var others = ofAccount.entrySet().iterator(); others.hasNext(); ) {
            var before = others.next();
            if (mustWait(message.getClass(), before.getKey())) {
                if (!isDecided(before.getValue())) {
                    return false;
                }
                others.remove();
            }
        }
        return true;
    }

    void sent(SpecificRecord message, CommandDesk.Open open) {
        latest.computeIfAbsent(CommandDesk.accountId(message), account -> new HashMap<>())
                .put(message.getClass(), open);
    }

    private static boolean mustWait(Class<?> kind, Class<?> before) {
        return !kind.equals(before) && !(isOfOrders(kind) && isOfOrders(before));
    }

    private static boolean isOfOrders(Class<?> kind) {
        return kind.equals(OrderCommand.class) || kind.equals(Fill.class);
    }

    private static boolean isDecided(CommandDesk.Open open) throws InterruptedException {
        try {
            return open.await().status() != HttpStatus.ACCEPTED.getCode();
        } catch (NotWrittenException e) {
            return false;
        }
    }
}
