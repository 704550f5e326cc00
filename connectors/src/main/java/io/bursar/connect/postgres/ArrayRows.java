package io.bursar.connect.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import org.postgresql.core.BaseConnection;
import org.postgresql.jdbc.PgArray;

/** Collects rows, and hands them to a statement as one array for each column. */
final class ArrayRows extends RowWriter {
    private static final int DIMENSIONS = 1;
    private static final int FIRST_INDEX = 1;

    private final Table table;
    private final Bytes[] columns;
    private final boolean[] hasNulls;
    private final Bytes array = new Bytes();
    private int column;
    private int rows;

    ArrayRows(Table table) {
        this.table = table;
        this.columns = new Bytes[table.columns().size()];
        Arrays.setAll(columns, any -> new Bytes());
        this.hasNulls = new boolean[columns.length];
    }

    @Override
    Bytes next() {
        return columns[column++];
    }

    @Override
    void isNull() {
        hasNulls[column - 1] = true;
    }

    @Override
    void end() {
        column = 0;
        rows++;
    }

    /**
     * Executes a statement that takes the rows, unless there are none, and forgets them.
     *
     * @return how many rows there were
     */
    int execute(Connection connection, String sql) throws SQLException {
        if (rows == 0) {
            return 0;
        }
        try (var statement = connection.prepareStatement(sql)) {
            var driver = connection.unwrap(BaseConnection.class);
            for (int i = 0; i < columns.length; i++) {
                var type = table.columns().get(i).type();
                statement.setArray(i + 1, new PgArray(driver, type.arrayOid, arrayOf(i, type)));
            }
            statement.executeUpdate();
        }
        int executed = rows;
        clear();
        return executed;
    }

    void clear() {
        for (int i = 0; i < columns.length; i++) {
            columns[i].clear();
            hasNulls[i] = false;
        }
        column = 0;
        rows = 0;
    }

    private byte[] arrayOf(int column, ColumnType type) {
        array.clear();
        array.int4(DIMENSIONS);
        array.int4(hasNulls[column] ? 1 : 0);
        array.int4(type.oid);
        array.int4(rows);
        array.int4(FIRST_INDEX);
        array.append(columns[column]);
        return Arrays.copyOf(array.array(), array.length());
    }
}
