package io.bursar.ledger;

import io.bursar.schemas.Fill;
import io.bursar.schemas.Hash;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/**
 * What a repeat is recognised by: SHA-256 over the names and values of a record's fields. Fields that have their default
 * are left out, so a field added to a schema later does not change the hash of what was sent before.
 */
final class ContentHash {
    /** Not part of the content: a fill sent again may claim another time. */
    private static final Set<String> OUTSIDE_CONTENT = Set.of("occurredAt");

    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(ContentHash::sha256);

    private ContentHash() {}

    /** Of a command's body: all its fields. */
    static Hash of(SpecificRecord body) {
        return hash(body, Set.of());
    }

    /** Of a fill: all its fields but {@code occurredAt}. */
    static Hash of(Fill fill) {
        return hash(fill, OUTSIDE_CONTENT);
    }

    private static Hash hash(SpecificRecord content, Set<String> left) {
        var digest = SHA_256.get();
        update(digest, content.getSchema().getName());
        for (var field : content.getSchema().getFields()) {
            var value = content.get(field.pos());
            if (!left.contains(field.name()) && !isDefault(field, value)) {
                update(digest, field.name());
                update(digest, text(value));
            }
        }
        return new Hash(digest.digest());
    }

    private static boolean isDefault(Schema.Field field, Object value) {
        if (value == null) {
            return true;
        }
        if (!field.hasDefaultValue()) {
            return false;
        }
        var byDefault = field.defaultVal();
        return byDefault != null && byDefault.toString().equals(value.toString());
    }

    private static String text(Object value) {
        return switch (value) {
            case Instant instant -> Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, instant));
            case String text -> text;
            case Long number -> number.toString();
            case Integer number -> number.toString();
            case Boolean flag -> flag.toString();
            case Enum<?> symbol -> symbol.name();
            default -> throw new IllegalArgumentException("no text for a field of " + value.getClass());
        };
    }

    /** Length first, so that no two lists of texts have the same bytes. */
    private static void update(MessageDigest digest, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int shift = 24; shift >= 0; shift -= 8) {
            digest.update((byte) (bytes.length >>> shift));
        }
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
