package io.bursar.schemas.serde;

import java.util.Map;
import org.apache.avro.specific.AvroGenerated;
import org.apache.avro.util.ClassSecurityValidator;

/**
 * What Avro may do for one value: how much it may allocate, so that a few hostile bytes cannot announce gigabytes, and
 * which classes it may make. Both are settings of the whole JVM. Avro trusts no record class by itself, and without this
 * even a builder of a generated record fails, where a default is a list of records.
 */
public final class AvroSafety {
    /** The largest record on any topic, so no text, byte sequence or count in it can be larger. */
    private static final int MAX_RECORD_BYTES = 2 * 1024 * 1024;

    /** Items that take no bytes: only a foreign schema can have them, and the record's size does not bound them. */
    private static final int MAX_EMPTY_ITEMS = 65_536;

    private static final Map<String, Integer> LIMITS = Map.of(
            "org.apache.avro.limits.bytes.maxLength", MAX_RECORD_BYTES,
            "org.apache.avro.limits.string.maxLength", MAX_RECORD_BYTES,
            "org.apache.avro.limits.collectionItems.maxLength", MAX_RECORD_BYTES,
            "org.apache.avro.limits.collectionItems.maxAllocation", MAX_EMPTY_ITEMS);

    static {
        // Avro reads these once, before its first value; what an operator has set stays.
        LIMITS.forEach((property, limit) -> {
            if (System.getProperty(property) == null) {
                System.setProperty(property, limit.toString());
            }
        });
        // Generated classes are plain data; whatever else is trusted already stays so.
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                ClassSecurityValidator.getGlobal(), type -> type.isAnnotationPresent(AvroGenerated.class)));
    }

    private AvroSafety() {}

    /**
     * Applies the settings, once however often it is called. Every generated class does before its first record; code that
     * reads other records with Avro calls this first.
     */
    public static void apply() {
        // The work is done when the class is initialised, which the JVM does once.
    }
}
