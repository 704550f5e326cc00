package io.bursar.topology.settings;

/** A name and a text as a source gives them, not yet known to be right. */
record RawSetting(String name, String text, Origin origin) {

    /** The name as it is written in its source. */
    String spelledName() {
        return origin.spelling().apply(name);
    }

    /** Safe to log. */
    @Override
    public String toString() {
        return "%s = %s (%s)".formatted(name, Secrets.shown(this), origin.description());
    }

    RawSetting withText(String changed) {
        return new RawSetting(name, changed, origin);
    }
}
