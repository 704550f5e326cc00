package io.bursar.desk;

import io.bursar.schemas.BrokerEnvironment;
import java.util.List;

/**
 * Asks for an account.
 *
 * @param permissions all of which it must have
 * @param environment null: any
 * @param owner whose it must be; null: anybody's
 * @param purpose whose default accounts come first, unless a strategy is named; null: there are no defaults
 * @param strategy null: defaults first, and ROUND_ROBIN
 */
public record RouteRequest(
        Operation operation,
        List<String> permissions,
        BrokerEnvironment environment,
        String owner,
        RoutingPurpose purpose,
        RoutingStrategy strategy) {
    public RouteRequest {
        permissions = List.copyOf(permissions);
    }

    /** For any account that can be used for the operation. */
    public static RouteRequest of(Operation operation) {
        return new RouteRequest(operation, List.of(), null, null, null, null);
    }
}
