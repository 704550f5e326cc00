package io.bursar.service.desk;

import io.bursar.desk.Operation;
import io.bursar.desk.RouteRefusal;
import io.javalin.http.HttpStatus;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * That no broker account can be given, as RFC 9457 describes problems.
 *
 * @param refused how many accounts cannot be used, by the reason's code
 */
record NoAccountProblem(
        String type, String title, int status, String detail, String reason, Map<String, Integer> refused) {
    static final String REASON = "no_account";

    static NoAccountProblem of(Operation operation, Map<RouteRefusal, Integer> refused) {
        Map<String, Integer> byCode = new TreeMap<>();
        refused.forEach((refusal, count) -> byCode.put(refusal.code(), count));
        var counts = byCode.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
        var status = HttpStatus.CONFLICT;
        return new NoAccountProblem(
                "about:blank",
                status.getMessage(),
                status.getCode(),
                "no broker account can be used for " + operation + ": "
                        + (counts.isEmpty() ? "there is none to choose from" : counts),
                REASON,
                byCode);
    }
}
