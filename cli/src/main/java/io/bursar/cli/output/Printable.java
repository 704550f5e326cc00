package io.bursar.cli.output;

/** Text of others, such as names of accounts, that is to be written to a terminal. */
public final class Printable {
    private Printable() {}

    /** The text with its control characters as escapes: they could move the cursor, or hide what was written. */
    public static String of(String text) {
        var printable = new StringBuilder(text.length());
        text.codePoints().forEach(character -> {
            int kind = Character.getType(character);
            if (kind == Character.CONTROL || kind == Character.FORMAT || kind == Character.LINE_SEPARATOR) {
                printable.append("\\u%04x".formatted(character));
            } else {
                printable.appendCodePoint(character);
            }
        });
        return printable.toString();
    }
}
