package io.bursar.schemas.serde;

/** Takes the values of a record's fields, one after the other. The compiler chooses the method by the field's type. */
public interface FieldSink {
    /** @param value null where the schema allows it */
    void field(int position, String value);

    /** Of a field that is a long or an int. */
    void field(int position, long value);

    /**
     * Of a field of any other type, or of a number that may be absent.
     *
     * @param value null where the schema allows it
     */
    void field(int position, Object value);
}
