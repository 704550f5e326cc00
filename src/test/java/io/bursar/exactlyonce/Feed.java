package io.bursar.exactlyonce;

import io.bursar.stack.Message;
import io.bursar.stack.MessageProducer;
import java.time.Duration;
import java.util.List;

/** Sends messages on a thread of its own, not faster than a pace and not further than allowed. */
final class Feed implements AutoCloseable {
    private static final Duration BEAT = Duration.ofMillis(10);

    private final MessageProducer producer;
    private final List<Message> messages;
    private final int perBeat;
    private final Thread thread = new Thread(this::run, "feed");
    private volatile int allowed;
    private volatile int sent;
    private volatile boolean closed;

    /** Sends nothing yet. Nobody else may use the producer before this is closed. */
    Feed(MessageProducer producer, List<Message> messages, int perSecond) {
        this.producer = producer;
        this.messages = messages;
        perBeat = (int) (perSecond * BEAT.toMillis() / 1_000);
        thread.setDaemon(true);
        thread.start();
    }

    /** Goes on until that many messages have been sent, all together. */
    void allow(int count) {
        allowed = count;
    }

    /** How many messages have been handed to the producer. */
    int sent() {
        return sent;
    }

    /** Returns when the thread has ended. */
    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the feed ends", e);
        }
    }

    private void run() {
        int next = 0;
        while (!closed && next < messages.size()) {
            int end = Math.min(next + perBeat, allowed);
            for (; next < end; next++) {
                producer.send(messages.get(next));
            }
            sent = next;
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(BEAT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("nobody interrupts the feed", e);
        }
    }
}
