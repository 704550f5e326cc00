package io.bursar.bench.stack;

/** The benchmark cannot go on, or what it measured is wrong. The message says exactly what. */
public final class BenchException extends RuntimeException {
    public BenchException(String sentence) {
        super(sentence);
    }

    public BenchException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
