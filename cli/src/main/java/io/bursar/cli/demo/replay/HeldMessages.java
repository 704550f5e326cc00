package io.bursar.cli.demo.replay;

import io.bursar.cli.demo.flow.Message;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Messages that may not go out yet, because of what they wait for or because they come after such a one about the same
 * order. Used by one thread.
 */
final class HeldMessages {
    private Deque<Message> messages = new ArrayDeque<>();
    private final Map<String, Integer> countByOrder = new HashMap<>();

    /** Whether a message about one of its orders is held. */
    boolean concern(Message message) {
        return message.orderIds().stream().anyMatch(countByOrder::containsKey);
    }

    void add(Message message) {
        messages.add(message);
        message.orderIds().forEach(id -> countByOrder.merge(id, 1, Integer::sum));
    }

    int size() {
        return messages.size();
    }

    boolean isEmpty() {
        return messages.isEmpty();
    }

    /** Sends what may go now, in the order in which it came. */
    void release(Predicate<Message> allowed, Consumer<Message> sender) {
        Deque<Message> still = new ArrayDeque<>();
        Set<String> ordersOfThose = new HashSet<>();
        for (var message : messages) {
            if (message.orderIds().stream().noneMatch(ordersOfThose::contains) && allowed.test(message)) {
                message.orderIds().forEach(this::countDown);
                sender.accept(message);
            } else {
                still.add(message);
                ordersOfThose.addAll(message.orderIds());
            }
        }
        messages = still;
    }

    private void countDown(String orderId) {
        countByOrder.computeIfPresent(orderId, (id, count) -> count == 1 ? null : count - 1);
    }
}
