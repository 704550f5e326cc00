package io.bursar.cli.deadletters;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Which letters are meant; what is empty bounds nothing.
 *
 * @param topic they came from
 * @param cause text that their cause contains, whatever the case
 * @param since only letters from then on
 */
public record LetterFilter(Optional<String> topic, Optional<String> cause, Optional<Instant> since) {
    /** Whether the letter is meant. */
    public boolean takes(DeadLetter letter) {
        return topic.filter(wanted -> !wanted.equals(letter.originTopic())).isEmpty()
                && cause.filter(wanted -> !lower(letter.cause()).contains(lower(wanted)))
                        .isEmpty()
                && since.filter(letter.at()::isBefore).isEmpty();
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
