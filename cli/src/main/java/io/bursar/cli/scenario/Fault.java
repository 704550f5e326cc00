package io.bursar.cli.scenario;

/** One thing that is wrong in a line of a scenario; the parser adds where. Never leaves this package. */
final class Fault extends RuntimeException {
    private final transient int line;

    private Fault(int line, String sentence) {
        super(sentence);
        this.line = line;
    }

    /** Field, value and rule, at the line that is being read. */
    static Fault of(String field, String value, String rule) {
        return new Fault(0, field + " \"" + value + "\" " + rule);
    }

    static Fault at(int line, String sentence) {
        return new Fault(line, sentence);
    }

    /** The line that is wrong; {@code otherwise} where this does not say. */
    int lineOr(int otherwise) {
        return line > 0 ? line : otherwise;
    }
}
