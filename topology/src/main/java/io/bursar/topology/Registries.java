package io.bursar.topology;

import io.bursar.schemas.serde.SchemaRegistry;
import io.bursar.schemas.serde.SchemaRegistryClient;
import io.bursar.topology.settings.Settings;
import java.util.HashMap;
import java.util.Map;

/** Clients of the schema registry that the settings name. */
public final class Registries {
    private Registries() {}

    /** A client that has asked nothing yet; the caller closes it. */
    public static SchemaRegistry of(Settings settings) {
        Map<String, Object> config = new HashMap<>(settings.schemaRegistry());
        config.put(Settings.SCHEMA_REGISTRY_URL.name(), settings.get(Settings.SCHEMA_REGISTRY_URL));
        config.put(Settings.AUTO_REGISTER_SCHEMAS.name(), settings.get(Settings.AUTO_REGISTER_SCHEMAS));
        return new SchemaRegistryClient(config);
    }
}
