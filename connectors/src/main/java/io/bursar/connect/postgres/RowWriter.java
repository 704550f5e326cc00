package io.bursar.connect.postgres;

import io.bursar.schemas.Hash;
import io.bursar.schemas.Micros;
import io.bursar.schemas.serde.WireRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Takes the values of rows, column by column in the order of the table's definition, in the server's binary format. For
 * one thread only.
 */
abstract class RowWriter {
    /** From 1970, where the contracts begin to count, to 2000, where the server does. */
    private static final long EPOCH_MICROS = 946_684_800_000_000L;

    private static final int NULL = -1;
    private static final int JSONB_VERSION = 1;

    /** Where the next value goes. */
    abstract Bytes next();

    /** Which columns have nulls must be known before the first of their values goes out. */
    void isNull() {}

    final RowWriter text(String value) {
        var out = next();
        if (value == null) {
            out.int4(NULL);
            isNull();
        } else {
            int start = out.beginSized();
            out.text(value);
            out.endSized(start);
        }
        return this;
    }

    final RowWriter text(Enum<?> value) {
        return text(value.name());
    }

    /** Of a column that is a smallint. */
    final RowWriter small(int value) {
        var out = next();
        out.int4(Short.BYTES);
        out.int2(value);
        return this;
    }

    final RowWriter small(Integer value) {
        return value == null ? nothing() : small(value.intValue());
    }

    final RowWriter integer(int value) {
        var out = next();
        out.int4(Integer.BYTES);
        out.int4(value);
        return this;
    }

    final RowWriter integer(Integer value) {
        return value == null ? nothing() : integer(value.intValue());
    }

    final RowWriter number(long value) {
        var out = next();
        out.int4(Long.BYTES);
        out.int8(value);
        return this;
    }

    final RowWriter number(Long value) {
        return value == null ? nothing() : number(value.longValue());
    }

    final RowWriter flag(boolean value) {
        var out = next();
        out.int4(1);
        out.int1(value ? 1 : 0);
        return this;
    }

    final RowWriter time(Instant value) {
        return value == null ? nothing() : number(Micros.of(value) - EPOCH_MICROS);
    }

    final RowWriter bytes(Hash value) {
        if (value == null) {
            return nothing();
        }
        var out = next();
        out.int4(value.bytes().length);
        out.append(value.bytes());
        return this;
    }

    final RowWriter json(WireRecord value) {
        return value == null ? nothing() : jsonb(json -> json.object(value));
    }

    final RowWriter json(List<?> value) {
        return jsonb(json -> json.array(value));
    }

    /** @param value by name: texts, numbers, and maps like this one */
    final RowWriter json(Map<String, ?> value) {
        return jsonb(json -> json.object(value));
    }

    private RowWriter jsonb(Consumer<Json> content) {
        var out = next();
        int start = out.beginSized();
        out.int1(JSONB_VERSION);
        content.accept(new Json(out));
        out.endSized(start);
        return this;
    }

    /** Of a column of several texts. */
    final RowWriter texts(List<String> values) {
        var literal = new StringBuilder("{");
        for (var value : values) {
            literal.append(literal.length() == 1 ? "\"" : ",\"");
            literal.append(value.replace("\\", "\\\\").replace("\"", "\\\""));
            literal.append('"');
        }
        return text(literal.append('}').toString());
    }

    final RowWriter nothing() {
        next().int4(NULL);
        isNull();
        return this;
    }

    /** After the last value of a row. */
    abstract void end();
}
