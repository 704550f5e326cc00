package io.bursar.cli.scenario;

import java.util.regex.Pattern;

/** The form of identities. */
final class Ids {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

    /** A stage may add something to these, so that a scenario can be played again where others were played before. */
    private static final Pattern SHORT_ID = Pattern.compile("[A-Za-z0-9._:-]{1,40}");

    private Ids() {}

    /** Of an account, an asset or an instrument. */
    static String named(String field, String id) {
        if (!SHORT_ID.matcher(id).matches()) {
            throw Fault.of(field, id, "must be 1 to 40 characters of A-Z a-z 0-9 . _ : -");
        }
        return id;
    }

    /** Of anything else. */
    static String of(String field, String id) {
        if (!ID.matcher(id).matches()) {
            throw Fault.of(field, id, "must be 1 to 64 characters of A-Z a-z 0-9 . _ : -");
        }
        return id;
    }
}
