package io.bursar.vault;

import java.nio.charset.StandardCharsets;

/**
 * Where a secret belongs. What was sealed for one place opens for no other.
 *
 * @param accountId the account that the secret is for; not empty
 * @param field which of its secrets, for example {@code api_secret}; not empty
 * @param version counts up with each replacement of that secret; at least 0
 */
public record SecretPlace(String accountId, String field, long version) {
    /** @throws IllegalArgumentException when a text is empty or no Unicode, or the version is negative */
    public SecretPlace {
        requireText("accountId", accountId);
        requireText("field", field);
        if (version < 0) {
            throw new IllegalArgumentException("version is " + version + ", but must be at least 0");
        }
    }

    private static void requireText(String name, String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException(name + " must not be empty");
        }
        // Half of a surrogate pair would become a question mark in UTF-8, the same for all of them.
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new IllegalArgumentException(name + " must be Unicode text, but has half of a surrogate pair");
        }
    }

    @Override
    public String toString() {
        return field + " of account " + accountId + ", version " + version;
    }
}
