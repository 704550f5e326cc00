package io.bursar.cli.clients;

/** A command cannot go on, or what it saw is wrong. The message says exactly what, in sentences for the operator. */
public final class CommandException extends RuntimeException {
    public CommandException(String sentence) {
        super(sentence);
    }

    public CommandException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
