package io.bursar.cli.demo.flow;

import java.util.Locale;

/** How the demo writes numbers, the same in every country. */
public final class Text {
    private Text() {}

    /** With commas: {@code 12,345}. */
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
