package io.bursar.service.command;

import io.bursar.ledger.Command;
import io.bursar.schemas.OrderCommand;
import io.bursar.service.http.Access;
import io.bursar.service.http.Fields;
import io.bursar.service.http.Json;
import io.bursar.service.http.RequestBody;
import io.bursar.service.http.Routes;
import io.bursar.service.security.Caller;
import io.bursar.service.view.RejectionView;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.Map;

/** Whether an order would be accepted now, from the account's rows, without a word in the log. */
final class RiskRoute {
    private static final String PATH = Endpoint.ROOT + "/risk/check";

    private final CommandDesk desk;

    /**
     * @param accepted whether the ledger would take the order at this moment; nothing is held for it
     * @param rejection why not
     */
    record Check(String accountId, boolean accepted, RejectionView rejection) {}

    RiskRoute(CommandDesk desk) {
        this.desk = desk;
    }

    void addTo(RoutesConfig routes) {
        Routes.send(routes, HandlerType.POST, PATH, Access.TRADE_READ, this::check);
    }

    private void check(Context context) {
        var fields = Fields.of(RequestBody.ofCommand(context));
        var request = desk.request(Map.of(), Map.of(), fields, null);
        var accountId = fields.id("accountId");
        Caller.of(context).requireAccount(accountId);
        var order = Endpoints.order(request);
        fields.requireNoOthers();
        var now = request.now();
        var command = Command.of(new OrderCommand(order.getOrderId(), accountId, now, order), now, null);
        var answer = request.ledger().wouldAnswer(command);
        Json.answer(context, new Check(accountId, answer.accepted(), RejectionView.ofNullable(answer.rejection())));
    }
}
