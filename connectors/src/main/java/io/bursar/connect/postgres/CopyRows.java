package io.bursar.connect.postgres;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Sends rows to a table as they are written, so that the server works while the next ones are encoded. */
final class CopyRows extends RowWriter implements AutoCloseable {
    private static final byte[] SIGNATURE = "PGCOPY\n\u00ff\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final int END_OF_ROWS = -1;

    /** Large enough that a message costs little, small enough that the server need not wait for it. */
    private static final int MESSAGE_BYTES = 64 * 1024;

    private final Bytes bytes;
    private final int columns;
    private final CopyIn copy;
    private boolean isInRow;
    private long rows;

    /** @param buffer is cleared, and used until this is closed */
    CopyRows(Connection connection, Table table, Schema schema, Bytes buffer) throws SQLException {
        this.bytes = buffer;
        this.columns = table.columns().size();
        this.copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(table.copy(schema));
        bytes.clear();
        bytes.append(SIGNATURE);
        bytes.int4(0); // no flags
        bytes.int4(0); // no extension of the header
    }

    @Override
    Bytes next() {
        if (!isInRow) {
            bytes.int2(columns);
            isInRow = true;
        }
        return bytes;
    }

    @Override
    void end() {
        isInRow = false;
        rows++;
    }

    /** Between rows: sends what has gathered, when that is enough. */
    void sendIfMuch() throws SQLException {
        if (bytes.length() >= MESSAGE_BYTES) {
            send();
        }
    }

    /** After the last row; the number of rows. */
    long finish() throws SQLException {
        bytes.int2(END_OF_ROWS);
        send();
        copy.endCopy();
        return rows;
    }

    /** Cancels what was not finished. */
    @Override
    public void close() throws SQLException {
        if (copy.isActive()) {
            copy.cancelCopy();
        }
    }

    private void send() throws SQLException {
        copy.writeToCopy(bytes.array(), 0, bytes.length());
        bytes.clear();
    }
}
