package io.bursar.cli.batch;

import java.util.ArrayList;
import java.util.List;

/** The commands of a file from one of them on, in parts that one request can have. For one thread only. */
final class Parts {
    /** That the API takes in one request. */
    private static final int MAX_COMMANDS = 1_000;

    /** That the API takes as the body of one request. */
    private static final int MAX_BYTES = 1 << 20;

    private static final int BRACKETS = 2;

    private final CommandFile file;
    private final long from;
    private FileCommand ahead;
    private UnusableFileException fault;

    /** @param from number of the first command to give; those before it are read and left out */
    Parts(CommandFile file, long from) {
        this.file = file;
        this.from = from;
    }

    /**
     * The next ones, in their order; a command that is too large for any request comes alone.
     *
     * @return none at the end
     * @throws UnusableFileException when the next one cannot be sent; all before it were given
     */
    List<FileCommand> next() {
        var part = new ArrayList<FileCommand>();
        int bytes = BRACKETS;
        while (part.size() < MAX_COMMANDS && lookAhead()) {
            bytes += ahead.bytes();
            if (bytes > MAX_BYTES && !part.isEmpty()) {
                break;
            }
            part.add(ahead);
            ahead = null;
        }
        if (part.isEmpty() && fault != null) {
            throw fault;
        }
        return part;
    }

    /** Whether there is another one that can be sent. */
    private boolean lookAhead() {
        try {
            while (ahead == null && fault == null) {
                var next = file.next();
                if (next.isEmpty()) {
                    return false;
                }
                if (next.get().number() >= from) {
                    requireIdentity(next.get());
                    ahead = next.get();
                }
            }
        } catch (UnusableFileException e) {
            fault = e;
        }
        return ahead != null;
    }

    /** Without one, a command that is sent again is done again. */
    private static void requireIdentity(FileCommand command) {
        var json = command.json();
        var body = json.path("body");
        if (!json.isObject()) {
            throw new UnusableFileException(command.number(), command.name() + " is no JSON object.");
        }
        if (!json.hasNonNull("idempotencyKey") && !body.hasNonNull("orderId") && !body.hasNonNull("executionId")) {
            throw new UnusableFileException(
                    command.number(),
                    command.name()
                            + " has no idempotencyKey, nor an orderId or executionId in its body: if it were sent again, it"
                            + " would be done again.");
        }
    }
}
