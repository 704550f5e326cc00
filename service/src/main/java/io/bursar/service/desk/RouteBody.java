package io.bursar.service.desk;

import io.bursar.desk.DeskFields;
import io.bursar.desk.Operation;
import io.bursar.desk.RouteRequest;
import io.bursar.desk.RoutingPurpose;
import io.bursar.desk.RoutingStrategy;
import io.bursar.schemas.BrokerEnvironment;
import io.bursar.schemas.OperationOutcome;
import io.bursar.service.http.Fields;
import io.bursar.service.http.Problem;
import io.bursar.service.http.ProblemException;

/** What requests say of routing and of operations. */
final class RouteBody {
    private static final int MAX_PERMISSIONS = 32;
    private static final int MAX_DURATION_MS = 3_600_000;
    private static final long MICROS_PER_MS = 1_000;

    private RouteBody() {}

    static RouteRequest request(Fields fields) {
        var request = new RouteRequest(
                fields.symbol("operation", Operation.class),
                fields.texts("permissions", MAX_PERMISSIONS, DeskFields::isPermission, DeskFields.PERMISSION_RULE),
                fields.symbol("environment", BrokerEnvironment.class, null),
                fields.optionalId("owner"),
                fields.symbol("purpose", RoutingPurpose.class, null),
                fields.symbol("strategy", RoutingStrategy.class, null));
        fields.requireNoOthers();
        return request;
    }

    /** Of a body with the field {@code accountId}, which has been read. */
    static OperationOutcome outcome(Fields fields) {
        var operation = fields.symbol("operation", Operation.class);
        if (!fields.has("success")) {
            throw new ProblemException(Problem.missingField("success"));
        }
        boolean success = fields.flag("success");
        var durationMs = fields.optionalWhole("durationMs", 0, MAX_DURATION_MS);
        var code = fields.optionalId("code");
        fields.requireNoOthers();
        if (success && code != null) {
            throw Fields.invalid("code", code, "absent when success is true");
        }
        return OperationOutcome.newBuilder()
                .setOperation(operation.name())
                .setSuccess(success)
                .setDurationMicros(durationMs == null ? null : durationMs * MICROS_PER_MS)
                .setCode(code)
                .build();
    }
}
