package io.bursar.schemas.serde;

/** Confluent's wire format: byte 0, the schema's id as a big-endian int, Avro binary. */
public final class WireFormat {
    /** Bytes before the Avro binary. */
    public static final int HEADER_BYTES = 5;

    static final byte MAGIC = 0;

    private WireFormat() {}

    /**
     * The schema id a value names, or -1 when the value has no valid header: null, too short, another first byte, or a
     * negative id, which no registry gives out.
     */
    public static int schemaId(byte[] value) {
        if (value == null || value.length < HEADER_BYTES || value[0] != MAGIC) {
            return -1;
        }
        return Math.max(-1, idIn(value));
    }

    static int requireSchemaId(byte[] value) {
        if (value == null) {
            throw new MalformedRecordException("The value is null, where a record is needed");
        }
        if (value.length < HEADER_BYTES) {
            throw new MalformedRecordException("The value is too short: " + value.length
                    + " bytes, where the header alone (byte 0, four bytes of schema id) takes " + HEADER_BYTES);
        }
        if (value[0] != MAGIC) {
            throw new MalformedRecordException(
                    "The value begins with the magic byte " + value[0] + ", where the wire format needs 0");
        }
        int id = idIn(value);
        if (id < 0) {
            throw new MalformedRecordException("The value names schema id " + id + ", where ids are not negative");
        }
        return id;
    }

    static byte[] header(int schemaId) {
        byte[] header = new byte[HEADER_BYTES];
        writeHeader(header, schemaId);
        return header;
    }

    static void writeHeader(byte[] target, int schemaId) {
        target[0] = MAGIC;
        target[1] = (byte) (schemaId >>> 24);
        target[2] = (byte) (schemaId >>> 16);
        target[3] = (byte) (schemaId >>> 8);
        target[4] = (byte) schemaId;
    }

    private static int idIn(byte[] value) {
        return (value[1] & 0xff) << 24 | (value[2] & 0xff) << 16 | (value[3] & 0xff) << 8 | (value[4] & 0xff);
    }
}
