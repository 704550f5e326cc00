package io.bursar.cli.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;

/**
 * Closes a stream on which nothing has come for too long: of a connection that was cut without a word, nothing else would
 * ever tell. Reads of the stream fail from then on.
 */
final class SilenceWatch implements AutoCloseable {
    private final InputStream stream;
    private final Duration longest;
    private final Thread thread;
    private volatile long heardAt = System.nanoTime();

    SilenceWatch(InputStream stream, Duration longest) {
        this.stream = stream;
        this.longest = longest;
        this.thread = Thread.ofVirtual().name("silence-watch").start(this::watch);
    }

    void heard() {
        heardAt = System.nanoTime();
    }

    private void watch() {
        try {
            for (long left = longest.toNanos(); left > 0; left = longest.toNanos() - (System.nanoTime() - heardAt)) {
                Thread.sleep(Duration.ofNanos(left));
            }
            stream.close();
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
