package io.bursar.schemas.serde;

import java.util.Map;

/** The registry of a serde: given, and then somebody else's to close, or made from settings, and then the serde's own. */
final class RegistryHolder {
    private volatile SchemaRegistry registry;
    private final boolean own;

    private RegistryHolder(SchemaRegistry registry, boolean own) {
        this.registry = registry;
        this.own = own;
    }

    static RegistryHolder of(SchemaRegistry registry) {
        return new RegistryHolder(registry, false);
    }

    static RegistryHolder fromSettings() {
        return new RegistryHolder(null, true);
    }

    /** Makes the client, unless there is a registry already. */
    synchronized void configure(Map<String, ?> settings) {
        if (registry == null) {
            registry = new SchemaRegistryClient(settings);
        }
    }

    SchemaRegistry get() {
        SchemaRegistry current = registry;
        if (current == null) {
            throw new IllegalStateException("configure must be called before the first record");
        }
        return current;
    }

    synchronized void close() {
        if (own && registry != null) {
            registry.close();
            registry = null;
        }
    }
}
