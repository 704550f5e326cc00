package io.bursar.cli.verify;

import io.bursar.cli.clients.BursarHttp.NotReadyException;
import java.io.IOException;

/** Reads accounts from where Bursar or its sinks keep them. Safe for use by several threads. */
interface StoreReader {
    /** What is read, as in "the stores". */
    default String name() {
        return "the stores";
    }

    /** Whether the facts of this name are kept there. */
    default boolean keeps(String fact) {
        return true;
    }

    /**
     * The account at one moment; {@link AccountPicture#ABSENT} when no command has ever named it.
     *
     * @throws NotReadyException when it cannot be read now
     * @throws IOException when there is no usable answer; the message names the account and what was answered
     */
    AccountPicture read(String accountId) throws NotReadyException, IOException, InterruptedException;
}
