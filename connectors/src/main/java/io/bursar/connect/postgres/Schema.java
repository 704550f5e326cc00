package io.bursar.connect.postgres;

import java.util.regex.Pattern;

/**
 * The name of a database schema.
 *
 * @param name of 1 to 40 characters: lower-case letters, digits and underscores, a letter first
 */
public record Schema(String name) {
    /** Leaves room for what a rebuild appends, within the 63 characters of the database. */
    static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,39}");

    /** @throws IllegalArgumentException when it is no such name */
    public Schema {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("A schema's name must match " + NAME + ", and is " + name);
        }
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
