package io.bursar.ledger;

import io.bursar.schemas.Fill;
import io.bursar.schemas.Hash;
import io.bursar.schemas.Micros;
import io.bursar.schemas.serde.FieldSink;
import io.bursar.schemas.serde.WireRecord;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * What a repeat is recognised by: SHA-256 over the names and values of a record's fields. Fields that have their default
 * are left out, so a field added to a schema later does not change the hash of what was sent before.
 */
final class ContentHash implements FieldSink {
    /** Not part of the content of a fill: one that is sent again may claim another time. */
    private static final String OUTSIDE_CONTENT = "occurredAt";

    private static final ThreadLocal<ContentHash> OF_THREAD = ThreadLocal.withInitial(ContentHash::new);

    private static final ClassValue<Layout> LAYOUTS = new ClassValue<>() {
        @Override
        protected Layout computeValue(Class<?> type) {
            return new Layout(type);
        }
    };

    private final MessageDigest sha256 = sha256();
    private final TextBuffer texts = new TextBuffer();
    private Layout layout;

    private ContentHash() {}

    /**
     * Of a command's body: all its fields. Of a fill: all its fields but {@code occurredAt}.
     *
     * @param content of a class generated from the contracts
     * @throws IllegalArgumentException when a field is neither text, number, flag, symbol, instant, record nor a list of texts or records
     */
    static Hash of(SpecificRecord content) {
        return OF_THREAD.get().hash(content);
    }

    private Hash hash(SpecificRecord content) {
        texts.clear();
        append((WireRecord) content);
        texts.update(sha256);
        return new Hash(sha256.digest());
    }

    private void append(WireRecord content) {
        layout = LAYOUTS.get(content.getClass());
        texts.append(layout.name);
        content.tellFields(this);
    }

    /** A record within another, up to an empty text, which is the name of no field. */
    private void appendWithin(WireRecord content) {
        var outer = layout;
        append(content);
        texts.append("");
        layout = outer;
    }

    @Override
    public void field(int position, String value) {
        var field = layout.fields.get(position);
        if (field != null && value != null && !value.equals(field.byDefault)) {
            texts.append(field.name);
            texts.append(value);
        }
    }

    @Override
    public void field(int position, long value) {
        var field = layout.fields.get(position);
        if (field != null && !(field.byDefault instanceof Long byDefault && byDefault == value)) {
            texts.append(field.name);
            texts.append(value);
        }
    }

    @Override
    public void field(int position, Object value) {
        switch (value) {
            case null -> {}
            case Long number -> field(position, number.longValue());
            case Integer number -> field(position, number.longValue());
            case Enum<?> symbol -> field(position, symbol.name());
            case Boolean flag -> field(position, flag.toString());
            case Instant instant -> field(position, Micros.of(instant));
            case List<?> items -> list(position, items);
            case WireRecord content -> {
                texts.append(layout.fields.get(position).name);
                appendWithin(content);
            }
            default -> throw new IllegalArgumentException("no text for a field of " + value.getClass());
        }
    }

    /** Of texts or records; an empty one leaves no trace, as it is the default of every list. */
    private void list(int position, List<?> items) {
        if (items.isEmpty()) {
            return;
        }
        texts.append(layout.fields.get(position).name);
        texts.append(items.size());
        for (var item : items) {
            if (item instanceof WireRecord content) {
                appendWithin(content);
            } else {
                texts.append((String) item);
            }
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** What of a class of records is content. */
    private static final class Layout {
        /** Of the schema, as {@link TextBuffer#textOf} has it. */
        final byte[] name;

        /** By position; null for one that is no content. */
        final List<Field> fields = new ArrayList<>();

        Layout(Class<?> type) {
            var schema = SpecificData.get().getSchema(type);
            name = TextBuffer.textOf(schema.getName());
            for (var field : schema.getFields()) {
                boolean isOutside = type == Fill.class && field.name().equals(OUTSIDE_CONTENT);
                fields.add(isOutside ? null : new Field(field));
            }
        }
    }

    private static final class Field {
        /** As {@link TextBuffer#textOf} has it. */
        final byte[] name;

        /** What leaves no trace, beside null: a Long, or the text of anything else; null when there is none. */
        final Object byDefault;

        Field(Schema.Field field) {
            name = TextBuffer.textOf(field.name());
            byDefault = switch (field.defaultVal()) {
                case null -> null;
                case Number number -> number.longValue();
                case Object other -> other.toString();
            };
        }
    }
}
