package io.bursar.local;

/** The stack cannot do what was asked. The message is one sentence for the operator that says why. */
public final class StackException extends RuntimeException {
    StackException(String sentence) {
        super(sentence);
    }

    StackException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
