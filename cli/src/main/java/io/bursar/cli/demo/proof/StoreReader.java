package io.bursar.cli.demo.proof;

import java.io.IOException;
import java.util.Optional;

/** Reads accounts from the stores of a running Bursar. Safe for use by several threads. */
interface StoreReader {
    /** The account's partition moves or is being restored; another try some time later may succeed. */
    final class NotReadyException extends Exception {
        NotReadyException(String sentence) {
            super(sentence);
        }
    }

    /**
     * The account at one moment; empty when it changed while it was read, so that another try is needed.
     *
     * @throws NotReadyException when it cannot be read now
     * @throws IOException when there is no usable answer; the message names the account and what was answered
     */
    Optional<AccountPicture> read(String accountId) throws NotReadyException, IOException, InterruptedException;
}
