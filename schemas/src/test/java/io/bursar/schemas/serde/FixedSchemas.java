package io.bursar.schemas.serde;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/** A registry whose content a test states. */
public final class FixedSchemas implements SchemaRegistry {
    private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();

    public FixedSchemas with(int id, Schema schema) {
        schemas.put(id, schema);
        return this;
    }

    @Override
    public int idOf(String subject, Schema schema) {
        return schemas.entrySet().stream()
                .filter(entry -> entry.getValue().equals(schema))
                .findFirst()
                .orElseThrow(() -> new UnknownSchemaException(schema.getFullName()))
                .getKey();
    }

    @Override
    public Schema schema(int id) {
        return Optional.ofNullable(schemas.get(id)).orElseThrow(() -> new UnknownSchemaException("Schema " + id));
    }

    @Override
    public boolean isCached(int id) {
        return schemas.containsKey(id);
    }

    @Override
    public void close() {}
}
