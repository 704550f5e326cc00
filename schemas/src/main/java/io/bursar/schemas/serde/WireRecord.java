package io.bursar.schemas.serde;

import org.apache.avro.specific.SpecificRecordBase;

/**
 * A record that writes and reads itself in Avro's binary encoding. The classes generated from the contracts do, by code
 * generated with them; nothing else extends this class. {@link FastWriter} and {@link FastReader} are the way to write
 * and read it.
 */
public abstract class WireRecord extends SpecificRecordBase {
    static {
        AvroSafety.apply();
    }

    /**
     * Appends the record, byte for byte as Avro's own writer does.
     *
     * @throws RuntimeException when the record breaks its schema; a part of it may have been written
     */
    public abstract void writeTo(WireOutput out);

    /**
     * Sets every field from bytes that were written with exactly this class's schema.
     *
     * @throws RuntimeException when the bytes do not follow the schema; some fields may have been set
     */
    public abstract void readFrom(WireInput in);

    /** Tells the values of all fields, in the order of the schema. */
    public abstract void tellFields(FieldSink sink);
}
