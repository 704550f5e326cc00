package io.bursar.cli.scenario;

import java.util.List;
import java.util.Locale;

/**
 * What became of something that was sent.
 *
 * @param reason of a refusal or suspension, also of one that is answered again; otherwise empty
 * @param terms numbers and facts that are stated in addition
 */
public record Result(Kind kind, String reason, List<Term> terms) {
    /** The ways in which something can end. */
    public enum Kind {
        ACCEPTED,
        REJECTED,
        SETTLED,
        SUSPENDED,
        /** Nothing happened, because it had happened before. */
        REPEAT,
        REPEAT_OF_ACCEPTED,
        REPEAT_OF_REJECTED;

        /** As written in a scenario. */
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }

        boolean hasReason() {
            return this == REJECTED || this == SUSPENDED || this == REPEAT_OF_REJECTED;
        }

        boolean isRepeat() {
            return this == REPEAT || this == REPEAT_OF_ACCEPTED || this == REPEAT_OF_REJECTED;
        }
    }

    public Result {
        terms = List.copyOf(terms);
    }

    static Result of(Kind kind) {
        return new Result(kind, "", List.of());
    }

    /** As written in a scenario, with all its terms. */
    public String text() {
        var text = new StringBuilder(kind.text());
        if (!reason.isEmpty()) {
            text.append(' ').append(reason);
        }
        terms.forEach(term -> text.append(", ").append(term.text()));
        return text.toString();
    }
}
