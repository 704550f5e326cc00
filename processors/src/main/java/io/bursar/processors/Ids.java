package io.bursar.processors;

/** The form of identities: 1 to 64 characters of {@code A-Z a-z 0-9 . _ : -}. */
final class Ids {
    static final int MAX_LENGTH = 64;

    /** Bursar's own execution ids are a trade id and two characters. */
    static final int MAX_EXECUTION_ID_LENGTH = 66;

    private Ids() {}

    static boolean isValid(String id) {
        return isValid(id, MAX_LENGTH);
    }

    static boolean isValid(String id, int maxLength) {
        if (id.isEmpty() || id.length() > maxLength) {
            return false;
        }
        for (int i = 0; i < id.length(); i++) {
            if (!isAllowed(id.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAllowed(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '.'
                || c == '_'
                || c == ':'
                || c == '-';
    }
}
