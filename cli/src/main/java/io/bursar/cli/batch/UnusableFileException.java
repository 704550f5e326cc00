package io.bursar.cli.batch;

/** A file does not go on with a command that can be sent. The message says where and why, in a sentence for the user. */
final class UnusableFileException extends RuntimeException {
    private final long number;

    /** @param number of the command that should be there */
    UnusableFileException(long number, String sentence) {
        this(number, sentence, null);
    }

    UnusableFileException(long number, String sentence, Throwable cause) {
        super(sentence, cause);
        this.number = number;
    }

    /** Of the first command that the file does not give, from 1 on. */
    long number() {
        return number;
    }
}
