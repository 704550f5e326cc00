package io.bursar.connect.postgres;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/**
 * The name of a database schema.
 *
 * @param name of 1 to 63 characters: lower-case letters, digits and underscores, a letter first
 */
public record Schema(String name) {
    /** What an operator may choose: leaves room for what a rebuild appends. */
    static final Pattern CHOSEN = Pattern.compile("[a-z][a-z0-9_]{0,38}");

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneOffset.UTC);

    /** @throws IllegalArgumentException when it is no such name */
    public Schema {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("A schema's name must match " + NAME + ", and is " + name);
        }
    }

    /** The one that is filled anew beside this one. */
    Schema rebuild() {
        return new Schema(name + "_rebuild");
    }

    /** The one that this one becomes when it is replaced. */
    Schema replaced(Instant now) {
        return new Schema(name + "_replaced_" + SECOND.format(now));
    }

    /** A table of the schema, as statements name it. */
    String table(String table) {
        return quoted() + "." + table;
    }

    /** As statements name it; also one that is a word of SQL. */
    String quoted() {
        return '"' + name + '"';
    }

    @Override
    public String toString() {
        return name;
    }
}
