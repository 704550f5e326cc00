package io.bursar.cli.deadletters;

import java.util.regex.Pattern;

/** Where a letter lies among the dead letters; as text {@code partition:offset}. */
public record LetterId(int partition, long offset) implements Comparable<LetterId> {
    private static final Pattern TEXT = Pattern.compile("([0-9]{1,9}):([0-9]{1,18})");

    /**
     * Reads the text.
     *
     * @throws IllegalArgumentException when it is not of this form; the message says how it should be
     */
    public static LetterId parse(String text) {
        var matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' names no dead letter: it takes partition:offset, such as 3:1742");
        }
        return new LetterId(Integer.parseInt(matcher.group(1)), Long.parseLong(matcher.group(2)));
    }

    @Override
    public int compareTo(LetterId other) {
        int byPartition = Integer.compare(partition, other.partition);
        return byPartition != 0 ? byPartition : Long.compare(offset, other.offset);
    }

    @Override
    public String toString() {
        return partition + ":" + offset;
    }
}
