package io.bursar.cli.progress;

import java.util.Locale;

/** How commands write numbers, the same in every country. */
public final class Text {
    private Text() {}

    /** With commas: {@code 12,345}. */
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
