package io.bursar.cli.verify;

import io.bursar.cli.clients.BursarHttp.NotReadyException;
import java.io.IOException;

/** Reads accounts from the stores of a running Bursar. Safe for use by several threads. */
interface StoreReader {
    /**
     * The account at one moment; {@link AccountPicture#ABSENT} when no command has ever named it.
     *
     * @throws NotReadyException when it cannot be read now
     * @throws IOException when there is no usable answer; the message names the account and what was answered
     */
    AccountPicture read(String accountId) throws NotReadyException, IOException, InterruptedException;
}
