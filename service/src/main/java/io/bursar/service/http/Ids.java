package io.bursar.service.http;

import java.util.regex.Pattern;

/** The form of identities, as the contracts have it. */
public final class Ids {
    /** Of all but execution ids. */
    public static final int MAX_LENGTH = 64;

    public static final int MAX_EXECUTION_ID_LENGTH = 66;

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._:-]+");

    private Ids() {}

    public static boolean isValid(String id, int maxLength) {
        return id.length() <= maxLength && FORM.matcher(id).matches();
    }

    /** In words, for those whose id was refused. */
    public static String rule(int maxLength) {
        return "1 to " + maxLength + " characters of A-Z a-z 0-9 . _ : -";
    }
}
