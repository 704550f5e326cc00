package io.bursar.cli.scenario;

/** One fact by its name, stated or found: {@code held 49.98 USD}. */
public record Term(String name, Value value) {
    /** The value of a fact that is stated by its name alone. */
    static final Value YES = Value.word("");

    static Term flag(String name) {
        return new Term(name, YES);
    }

    /** As written in a scenario; a status stands without its name. */
    public String text() {
        if (name.equals(Subject.STATUS)) {
            return value.text();
        }
        return value.equals(YES) ? name : name + " " + value.text();
    }
}
