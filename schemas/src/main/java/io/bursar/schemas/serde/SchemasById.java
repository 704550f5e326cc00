package io.bursar.schemas.serde;

import org.apache.avro.Schema;

/** Where schemas come from: what reading records needs of a registry. Implementations are thread-safe. */
@FunctionalInterface
public interface SchemasById {

    /**
     * The schema of an id. Once answered, the same call needs no registry again.
     *
     * @throws UnknownSchemaException when there definitely is no Avro schema of this id
     * @throws RegistryUnavailableException when there is no usable answer
     */
    Schema schema(int id);
}
