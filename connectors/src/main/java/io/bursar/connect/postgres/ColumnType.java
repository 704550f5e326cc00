package io.bursar.connect.postgres;

import org.postgresql.core.Oid;

/** The types of columns that the sink writes. */
enum ColumnType {
    TEXT("text", Oid.TEXT, Oid.TEXT_ARRAY),
    SMALLINT("smallint", Oid.INT2, Oid.INT2_ARRAY),
    INTEGER("integer", Oid.INT4, Oid.INT4_ARRAY),
    BIGINT("bigint", Oid.INT8, Oid.INT8_ARRAY),
    BOOLEAN("boolean", Oid.BOOL, Oid.BOOL_ARRAY),
    TIMESTAMP("timestamptz", Oid.TIMESTAMPTZ, Oid.TIMESTAMPTZ_ARRAY),
    BYTES("bytea", Oid.BYTEA, Oid.BYTEA_ARRAY),
    JSON("jsonb", Oid.JSONB, Oid.JSONB_ARRAY),

    /** Several texts. In an array of values it is itself a text, since arrays of arrays would fall apart. */
    TEXTS("text", Oid.TEXT, Oid.TEXT_ARRAY);

    final String sql;
    final int oid;
    final int arrayOid;

    ColumnType(String sql, int oid, int arrayOid) {
        this.sql = sql;
        this.oid = oid;
        this.arrayOid = arrayOid;
    }
}
