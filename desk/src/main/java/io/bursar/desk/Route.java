package io.bursar.desk;

import io.bursar.schemas.BrokerAccount;
import java.util.List;
import java.util.Map;

/**
 * Where a request can go.
 *
 * @param candidates in the order in which to try them; what they lack at most is a valid token
 * @param refused how many accounts cannot be used for which reason
 */
public record Route(
        Operation operation, RoutingStrategy strategy, List<Candidate> candidates, Map<RouteRefusal, Integer> refused) {
    /** @param isDefault whether it comes first because its owner has it so */
    public record Candidate(BrokerAccount account, boolean isDefault) {}
}
