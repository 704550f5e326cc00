package io.bursar.scenarios;

import io.bursar.schemas.serde.SchemaRegistry;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/** A schema registry in memory: an id is a place in a list. */
final class MemoryRegistry implements SchemaRegistry {
    private final List<Schema> schemas = new ArrayList<>();

    @Override
    public synchronized int idOf(String subject, Schema schema) {
        int known = schemas.indexOf(schema);
        if (known >= 0) {
            return known;
        }
        schemas.add(schema);
        return schemas.size() - 1;
    }

    @Override
    public synchronized Schema schema(int id) {
        return schemas.get(id);
    }

    @Override
    public boolean isCached(int id) {
        return true;
    }

    @Override
    public void close() {
        // Holds nothing but memory.
    }
}
