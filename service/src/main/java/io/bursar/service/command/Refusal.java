package io.bursar.service.command;

import io.bursar.ledger.ReasonCode;
import io.bursar.schemas.Rejection;
import io.bursar.schemas.Reply;
import io.bursar.service.http.Problem;
import io.bursar.service.view.RejectionView;
import io.javalin.http.HttpStatus;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A command that the ledger refused, as RFC 9457 describes problems: 409 where it contradicts what is there, such as an id
 * that is used or an account that is closed, else 422.
 *
 * @param detail one sentence with the numbers
 * @param sequence the journal entry that holds the refusal
 * @param required what it would take, in {@code asset}
 * @param limit what the rule allows, a whole number in the smallest units of the field that it speaks of
 */
record Refusal(
        String type,
        String title,
        int status,
        String detail,
        String reason,
        String accountId,
        String commandId,
        Long sequence,
        String required,
        String available,
        String asset,
        String strategy,
        String limit,
        String value) {
    private static final Set<String> CONFLICTS = Stream.of(
                    ReasonCode.ORDER_ID_REUSED,
                    ReasonCode.COMMAND_ID_REUSED,
                    ReasonCode.EXECUTION_ID_REUSED,
                    ReasonCode.ACCOUNT_ALREADY_EXISTS,
                    ReasonCode.ACCOUNT_IS_SUSPENDED,
                    ReasonCode.ACCOUNT_IS_CLOSED,
                    ReasonCode.ORDER_IS_CLOSED,
                    ReasonCode.OPEN_ORDERS_MUST_BE_ZERO,
                    ReasonCode.SUSPENDED_FILLS_MUST_BE_ZERO,
                    ReasonCode.TRANSFERS_MUST_BE_SETTLED,
                    ReasonCode.BALANCE_MUST_BE_ZERO)
            .map(ReasonCode::text)
            .collect(Collectors.toUnmodifiableSet());

    /** The ledger's own refusal. */
    static Refusal of(Reply reply) {
        var rejection = reply.getRejection() != null ? reply.getRejection() : bare(reply.getReason());
        var view = RejectionView.of(rejection);
        var status = status(rejection.getReason());
        return new Refusal(
                "about:blank",
                status.getMessage(),
                status.getCode(),
                sentence(view),
                view.reason(),
                reply.getAccountId(),
                reply.getCommandId(),
                reply.getSequence(),
                view.required(),
                view.available(),
                view.asset(),
                view.strategy(),
                view.limit(),
                view.value());
    }

    /** The ledger would refuse it, but it cannot even be put into the ledger's terms: it was not sent. */
    static Problem undecided(ReasonCode reason, String detail) {
        return Problem.of(status(reason.text()), reason.text(), detail);
    }

    /** By text: an instance of a later version may have reasons that this one does not know. */
    private static HttpStatus status(String reason) {
        return CONFLICTS.contains(reason) ? HttpStatus.CONFLICT : HttpStatus.UNPROCESSABLE_CONTENT;
    }

    private static String sentence(RejectionView view) {
        var reason = view.reason().replace('_', ' ');
        return view.detail() == null ? reason : reason + ": " + view.detail();
    }

    /** Of an instance of a version that did not send the numbers. */
    private static Rejection bare(String reason) {
        return new Rejection(reason, null, null, null, null, null, null, null);
    }
}
