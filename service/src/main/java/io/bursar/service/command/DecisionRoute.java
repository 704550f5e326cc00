package io.bursar.service.command;

import io.bursar.schemas.Rejection;
import io.bursar.service.http.Access;
import io.bursar.service.http.Json;
import io.bursar.service.http.Parameters;
import io.bursar.service.http.Problem;
import io.bursar.service.http.ProblemException;
import io.bursar.service.http.Routes;
import io.bursar.service.view.RejectionView;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;

/** What became of a command other than a placed order: for those who were told to ask later. An order shows it itself. */
final class DecisionRoute {
    private static final String PATH = Endpoint.ROOT + "/accounts/{accountId}/commands/{commandId}";

    private final CommandDesk desk;

    DecisionRoute(CommandDesk desk) {
        this.desk = desk;
    }

    void addTo(RoutesConfig routes) {
        Routes.get(routes, PATH, Access.ACCOUNT_READ, this::decision);
    }

    private void decision(Context context) {
        var accountId = Parameters.accountId(context);
        var commandId = Parameters.id(context, "commandId");
        var decided = desk.ledger()
                .decidedCommand(accountId, commandId)
                .map(found -> view(accountId, commandId, found.getSequence(), found.getRejection()));
        Json.answer(context, decided.orElseThrow(() -> unknown(accountId, commandId)));
    }

    private static DecisionView view(String accountId, String commandId, long sequence, Rejection rejection) {
        return new DecisionView(
                accountId,
                commandId,
                null,
                null,
                sequence,
                rejection == null ? "accepted" : "rejected",
                RejectionView.ofNullable(rejection));
    }

    private static ProblemException unknown(String accountId, String commandId) {
        return new ProblemException(Problem.of(
                HttpStatus.NOT_FOUND,
                "command_not_known",
                "account " + accountId + " knows no decision under " + commandId
                        + ": it is not decided yet, was refused without using its id up, or is no longer remembered"));
    }
}
