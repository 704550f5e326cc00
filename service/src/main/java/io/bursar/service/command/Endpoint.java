package io.bursar.service.command;

import io.bursar.service.http.Access;
import io.javalin.http.HandlerType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/**
 * A kind of command, and where it is posted.
 *
 * @param path below {@link #ROOT}, with parameters in braces
 * @param parameters that its query may have
 * @param message what a request stands for
 */
record Endpoint(HandlerType method, String path, Access access, List<String> parameters, Translation message) {
    static final String ROOT = "/api/v1";

    /** Makes the record that the ledger gets. */
    @FunctionalInterface
    interface Translation {
        SpecificRecord of(CommandRequest request);
    }

    /** The path's parameters, when this is where a request goes to. */
    Optional<Map<String, String>> match(String requestMethod, String requestPath) {
        var parts = path.split("/", -1);
        var given = requestPath.split("/", -1);
        if (!method.name().equals(requestMethod) || parts.length != given.length) {
            return Optional.empty();
        }
        var found = new HashMap<String, String>();
        for (int i = 0; i < parts.length; i++) {
            if (parts[i].startsWith("{")) {
                found.put(parts[i].substring(1, parts[i].length() - 1), given[i]);
            } else if (!parts[i].equals(given[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(found);
    }
}
