package io.bursar.brokers;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A broker's own words about a failure, as far as they may be shown. A broker can repeat what it was sent, so they are
 * dropped altogether when anything in them could be a secret or a part of one.
 */
final class BrokerWords {
    private static final int MOST_CHARACTERS = 200;
    /** Tokens, keys and encoded passwords have neither spaces nor punctuation for long. */
    private static final Pattern LONG_WORD = Pattern.compile("[A-Za-z0-9+/=_.~%-]{25}");

    /** So many characters of a secret in a row make the words unfit. */
    private static final int GIVEAWAY = 6;

    private BrokerWords() {}

    /** In quotation marks after a colon, or empty text. */
    static String quoted(String words, BrokerLogin login) {
        return words == null || words.isBlank() || !harmless(words, login) ? "" : ": \"" + words.strip() + "\"";
    }

    private static boolean harmless(String words, BrokerLogin login) {
        return words.length() <= MOST_CHARACTERS
                && words.chars().allMatch(character -> character >= ' ' && character <= '~' && character != '"')
                && !LONG_WORD.matcher(words).find()
                && login.secretNames().stream().noneMatch(name -> givesAway(words, login.secret(name)));
    }

    private static boolean givesAway(String words, byte[] secret) {
        var text = new String(secret, StandardCharsets.ISO_8859_1);
        if (text.length() <= GIVEAWAY) {
            return words.contains(text);
        }
        var pieces = pieces(words);
        for (var start = 0; start + GIVEAWAY <= text.length(); start++) {
            if (pieces.contains(text.substring(start, start + GIVEAWAY))) {
                return true;
            }
        }
        return false;
    }

    private static Set<String> pieces(String words) {
        var pieces = new HashSet<String>();
        for (var start = 0; start + GIVEAWAY <= words.length(); start++) {
            pieces.add(words.substring(start, start + GIVEAWAY));
        }
        return pieces;
    }
}
