package io.bursar.connect.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A table that the sink writes: its columns in the order in which rows give their values, the key first. Immutable.
 *
 * @param keyColumns how many columns, from the first on, identify a row
 */
record Table(String name, List<Column> columns, int keyColumns) {
    record Column(String name, ColumnType type) {}

    static Builder of(String name) {
        return new Builder(name);
    }

    /** Takes rows of {@link CopyRows}. */
    String copy(Schema schema) {
        return "COPY " + schema.table(name) + " (" + columns(Column::name) + ") FROM STDIN (FORMAT binary)";
    }

    /** Takes rows of {@link ArrayRows}, no two with the same key; they replace those that are there. */
    String upsert(Schema schema) {
        var changed = columns.subList(keyColumns, columns.size()).stream()
                .map(column -> column.name() + " = excluded." + column.name())
                .collect(Collectors.joining(", "));
        return insert(schema) + " ON CONFLICT (" + key() + ") DO UPDATE SET " + changed;
    }

    /** Takes rows of {@link ArrayRows}; what is there already stays. */
    String insertNew(Schema schema) {
        return insert(schema) + " ON CONFLICT (" + key() + ") DO NOTHING";
    }

    /** Takes rows of {@link ArrayRows}, no two with the same key, and changes those that are there. */
    String update(Schema schema) {
        return "UPDATE " + schema.table(name) + " t SET "
                + joined(
                        columns.subList(keyColumns, columns.size()),
                        column -> column.name() + " = given." + column.name())
                + " FROM unnest(" + columns(column -> "?::" + column.type().sql + "[]") + ") AS given ("
                + columns(Column::name) + ") WHERE "
                + columns.subList(0, keyColumns).stream()
                        .map(column -> "t." + column.name() + " = given." + column.name())
                        .collect(Collectors.joining(" AND "));
    }

    private String insert(Schema schema) {
        return "INSERT INTO " + schema.table(name) + " (" + columns(Column::name) + ") SELECT "
                + columns(column -> column.type() == ColumnType.TEXTS ? column.name() + "::text[]" : column.name())
                + " FROM unnest(" + columns(column -> "?::" + column.type().sql + "[]") + ") AS given ("
                + columns(Column::name) + ")";
    }

    /** Takes rows of {@link ArrayRows} of {@link #keys}, and deletes those that have them. */
    String delete(Schema schema) {
        return delete(schema, "=");
    }

    /** As {@link #delete}, but of the last column of the key what lies below the value given. */
    String deleteBelow(Schema schema) {
        return delete(schema, "<");
    }

    private String delete(Schema schema, String comparison) {
        var key = columns.subList(0, keyColumns);
        var last = key.getLast().name();
        return "DELETE FROM " + schema.table(name) + " t USING unnest("
                + joined(key, column -> "?::" + column.type().sql + "[]") + ") AS given (" + joined(key, Column::name)
                + ") WHERE "
                + key.subList(0, keyColumns - 1).stream()
                        .map(column -> "t." + column.name() + " = given." + column.name() + " AND ")
                        .collect(Collectors.joining())
                + "t." + last + " " + comparison + " given." + last;
    }

    /** A table of the key columns alone. */
    Table keys() {
        return new Table(name, columns.subList(0, keyColumns), keyColumns);
    }

    private String key() {
        return joined(columns.subList(0, keyColumns), Column::name);
    }

    private String columns(Function<Column, String> shown) {
        return joined(columns, shown);
    }

    private static String joined(List<Column> columns, Function<Column, String> shown) {
        return columns.stream().map(shown).collect(Collectors.joining(", "));
    }

    /** Collects columns in order. */
    static final class Builder {
        private final String name;
        private final List<Column> columns = new ArrayList<>();
        private int keyColumns;

        private Builder(String name) {
            this.name = name;
        }

        Builder key(ColumnType type, String... names) {
            keyColumns += names.length;
            return with(type, names);
        }

        Builder with(ColumnType type, String... names) {
            for (var column : names) {
                columns.add(new Column(column, type));
            }
            return this;
        }

        Table build() {
            return new Table(name, List.copyOf(columns), keyColumns);
        }
    }
}
