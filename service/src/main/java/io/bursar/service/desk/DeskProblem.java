package io.bursar.service.desk;

import io.bursar.desk.DeskReason;
import io.bursar.schemas.Fault;
import io.bursar.schemas.Reply;
import io.javalin.http.HttpStatus;
import java.util.List;
import java.util.Map;

/**
 * A message to the desk that was refused, as RFC 9457 describes problems.
 *
 * @param faults all fields that break a rule; null for other reasons
 */
record DeskProblem(
        String type,
        String title,
        int status,
        String detail,
        String reason,
        String accountId,
        List<FieldFault> faults) {
    private static final Map<String, HttpStatus> STATUSES = Map.of(
            DeskReason.FIELDS_ARE_INVALID.code(), HttpStatus.BAD_REQUEST,
            DeskReason.BROKER_ACCOUNT_NOT_FOUND.code(), HttpStatus.NOT_FOUND,
            DeskReason.REFRESH_NOT_FOUND.code(), HttpStatus.NOT_FOUND,
            DeskReason.TOKEN_NOT_FOUND.code(), HttpStatus.NOT_FOUND);

    /** @param value null when it is missing or a secret */
    record FieldFault(String field, String value, String rule) {}

    static DeskProblem of(Reply reply) {
        var status = STATUSES.getOrDefault(reply.getReason(), HttpStatus.CONFLICT);
        return new DeskProblem(
                "about:blank",
                status.getMessage(),
                status.getCode(),
                reply.getDetail(),
                reply.getReason(),
                reply.getAccountId(),
                views(reply.getFaults()));
    }

    static DeskProblem of(String accountId, List<Fault> faults) {
        var status = HttpStatus.BAD_REQUEST;
        var first = faults.getFirst();
        var more = faults.size() == 1 ? "" : "; and " + (faults.size() - 1) + " more";
        return new DeskProblem(
                "about:blank",
                status.getMessage(),
                status.getCode(),
                first.getField() + ": it must be " + first.getRule() + more,
                DeskReason.FIELDS_ARE_INVALID.code(),
                accountId,
                views(faults));
    }

    private static List<FieldFault> views(List<Fault> faults) {
        return faults.isEmpty()
                ? null
                : faults.stream()
                        .map(fault -> new FieldFault(fault.getField(), fault.getValue(), fault.getRule()))
                        .toList();
    }
}
