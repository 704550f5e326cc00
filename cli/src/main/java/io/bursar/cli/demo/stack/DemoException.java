package io.bursar.cli.demo.stack;

/** The demo cannot go on, or what it saw is wrong. The message says exactly what, in sentences for the operator. */
public final class DemoException extends RuntimeException {
    public DemoException(String sentence) {
        super(sentence);
    }

    public DemoException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
