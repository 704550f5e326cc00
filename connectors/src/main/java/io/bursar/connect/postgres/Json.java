package io.bursar.connect.postgres;

import io.bursar.schemas.Hash;
import io.bursar.schemas.serde.FieldSink;
import io.bursar.schemas.serde.WireRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;

/**
 * Writes records of the contracts as JSON. Numbers stay as they are, so an amount is a count of units; instants are ISO
 * 8601 in UTC; what is absent is left out; a field that may hold records of several types has the type's name around
 * the record. For one thread only.
 */
final class Json implements FieldSink {
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private static final ClassValue<Layout> LAYOUTS = new ClassValue<>() {
        @Override
        protected Layout computeValue(Class<?> type) {
            return new Layout(type);
        }
    };

    private final Bytes out;
    private Layout layout;
    private boolean isFirst;

    Json(Bytes out) {
        this.out = out;
    }

    /** Appends an object. */
    void object(WireRecord content) {
        var outer = layout;
        layout = LAYOUTS.get(content.getClass());
        isFirst = true;
        out.int1('{');
        content.tellFields(this);
        out.int1('}');
        isFirst = false;
        layout = outer;
    }

    /** Appends an object of what is there by name. */
    void object(Map<?, ?> members) {
        out.int1('{');
        boolean isFirstMember = true;
        for (var member : members.entrySet()) {
            if (!isFirstMember) {
                out.int1(',');
            }
            isFirstMember = false;
            text((String) member.getKey());
            out.int1(':');
            value(member.getValue());
        }
        out.int1('}');
    }

    /** Appends an array of objects or texts. */
    void array(List<?> items) {
        out.int1('[');
        boolean isFirstItem = true;
        for (var item : items) {
            if (!isFirstItem) {
                out.int1(',');
            }
            isFirstItem = false;
            value(item);
        }
        out.int1(']');
    }

    @Override
    public void field(int position, String value) {
        if (value != null) {
            name(position);
            text(value);
        }
    }

    @Override
    public void field(int position, long value) {
        name(position);
        out.text(Long.toString(value));
    }

    @Override
    public void field(int position, Object value) {
        if (value == null) {
            return;
        }
        name(position);
        if (layout.isOfSeveralRecords[position]) {
            tagged((WireRecord) value);
        } else {
            value(value);
        }
    }

    private void value(Object value) {
        switch (value) {
            case String text -> text(text);
            case Long number -> out.text(number.toString());
            case Integer number -> out.text(number.toString());
            case Boolean flag -> out.text(flag.toString());
            case Enum<?> symbol -> text(symbol.name());
            case Instant instant -> text(instant.toString());
            case Hash hash -> text(HexFormat.of().formatHex(hash.bytes()));
            case List<?> items -> array(items);
            case Map<?, ?> members -> object(members);
            case WireRecord content -> object(content);
            default -> throw new IllegalArgumentException("no JSON for a field of " + value.getClass());
        }
    }

    private void tagged(WireRecord content) {
        out.int1('{');
        text(LAYOUTS.get(content.getClass()).record);
        out.int1(':');
        object(content);
        out.int1('}');
    }

    private void name(int position) {
        if (!isFirst) {
            out.int1(',');
        }
        isFirst = false;
        out.append(layout.names[position]);
    }

    private void text(String text) {
        out.int1('"');
        if (isPlain(text)) {
            out.text(text);
        } else {
            out.text(escaped(text));
        }
        out.int1('"');
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    private static String escaped(String text) {
        var result = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                result.append('\\').append(c);
            } else if (c == 0 || c >= ' ') {
                // What the database cannot store is replaced as in any other text.
                result.append(c);
            } else {
                result.append("\\u00").append(HEX[c >> 4]).append(HEX[c & 0xf]);
            }
        }
        return result.toString();
    }

    /** What is the same for all records of a class. */
    private static final class Layout {
        final String record;

        /** By position, as {@code "name":}. */
        final byte[][] names;

        final boolean[] isOfSeveralRecords;

        Layout(Class<?> type) {
            var schema = SpecificData.get().getSchema(type);
            var fields = schema.getFields();
            record = schema.getName();
            names = new byte[fields.size()][];
            isOfSeveralRecords = new boolean[fields.size()];
            for (var field : fields) {
                names[field.pos()] = ("\"" + field.name() + "\":").getBytes(StandardCharsets.UTF_8);
                isOfSeveralRecords[field.pos()] = records(field.schema()) > 1;
            }
        }

        private static long records(Schema schema) {
            return schema.isUnion()
                    ? schema.getTypes().stream()
                            .filter(branch -> branch.getType() == Schema.Type.RECORD)
                            .count()
                    : 0;
        }
    }
}
