package io.bursar.service;

import io.bursar.ledger.Orders;
import io.bursar.schemas.Order;
import io.bursar.schemas.state.AccountState;
import io.bursar.schemas.state.AccountStatus;
import io.bursar.schemas.state.SuspendedFill;
import io.bursar.service.http.Access;
import io.bursar.service.http.Json;
import io.bursar.service.http.Parameters;
import io.bursar.service.http.Problem;
import io.bursar.service.http.ProblemException;
import io.bursar.service.http.Routes;
import io.bursar.service.view.AccountView;
import io.bursar.service.view.BalanceView;
import io.bursar.service.view.OrderView;
import io.bursar.service.view.PositionView;
import io.bursar.service.view.SnapshotView;
import io.bursar.service.view.SuspendedFillView;
import io.bursar.service.view.Units;
import io.bursar.topology.AccountWith;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.List;
import java.util.function.Supplier;

/** The queries about accounts. */
final class AccountRoutes {
    private static final String ACCOUNT = "/api/v1/accounts/{accountId}";

    private final Supplier<Instance> instance;

    AccountRoutes(Supplier<Instance> instance) {
        this.instance = instance;
    }

    void addTo(RoutesConfig routes) {
        Routes.get(routes, ACCOUNT, Access.ACCOUNT_READ, this::account);
        Routes.get(routes, ACCOUNT + "/balances", Access.ACCOUNT_READ, this::balances);
        Routes.get(routes, ACCOUNT + "/positions", Access.TRADE_READ, this::positions, Parameters.PRICES);
        Routes.get(
                routes, ACCOUNT + "/orders", Access.TRADE_READ, this::openOrders, Parameters.STATUS, Parameters.LIMIT);
        Routes.get(routes, ACCOUNT + "/orders/{orderId}", Access.TRADE_READ, this::order);
        Routes.get(routes, ACCOUNT + "/suspended-fills", Access.TRADE_READ, this::suspendedFills, Parameters.LIMIT);
        Routes.get(routes, ACCOUNT + "/snapshot", Access.ADMIN_READ, this::snapshot, Parameters.LIMIT);
    }

    private void account(Context context) {
        var accountId = Parameters.accountId(context);
        Json.answer(context, AccountView.of(opened(accountId)));
    }

    private void balances(Context context) {
        var accountId = Parameters.accountId(context);
        Json.answer(context, BalanceView.listOf(opened(accountId)));
    }

    private void positions(Context context) {
        var accountId = Parameters.accountId(context);
        var prices = Parameters.prices(context);
        Json.answer(context, PositionView.listOf(opened(accountId), prices));
    }

    private void openOrders(Context context) {
        var accountId = Parameters.accountId(context);
        Parameters.requireOpen(context);
        int limit = Parameters.limit(context);
        var current = instance.get();
        var found = current.reads()
                .openOrders(accountId, limit + 1)
                .filter(AccountRoutes::isOfOpened)
                .orElseThrow(() -> accountNotFound(accountId));
        var orders = openOf(found.rows(), limit, new Units(current.reference()));
        boolean truncated = found.rows().size() > limit;
        Json.answer(context, new OrderView.Listing(accountId, found.account().getSequence(), truncated, orders));
    }

    private void order(Context context) {
        var accountId = Parameters.accountId(context);
        var orderId = Parameters.orderId(context);
        var current = instance.get();
        var found = current.reads()
                .order(accountId, orderId)
                .filter(AccountRoutes::isOfOpened)
                .orElseThrow(() -> accountNotFound(accountId));
        var order = found.rows().orElseThrow(() -> orderNotFound(accountId, orderId));
        var view = OrderView.of(order, new Units(current.reference()));
        Json.answer(context, new OrderView.Single(accountId, found.account().getSequence(), view));
    }

    /** Also of an account that was never opened: its fills are facts all the same. */
    private void suspendedFills(Context context) {
        var accountId = Parameters.accountId(context);
        int limit = Parameters.limit(context);
        var current = instance.get();
        var found = current.reads()
                .suspendedFills(accountId, limit + 1)
                .filter(any -> isOfOpened(any) || any.account().getSuspendedFills() > 0)
                .orElseThrow(() -> accountNotFound(accountId));
        var fills = viewsOf(found.rows(), limit, new Units(current.reference()));
        boolean truncated = found.rows().size() > limit;
        Json.answer(
                context,
                new SuspendedFillView.Listing(accountId, found.account().getSequence(), truncated, fills));
    }

    /** All of one moment, and also of an account that was never opened: whoever compares accounts wants every one. */
    private void snapshot(Context context) {
        var accountId = Parameters.accountId(context);
        int limit = Parameters.limit(context);
        var current = instance.get();
        var found = current.reads().openItems(accountId, limit + 1).orElseThrow(() -> accountNotFound(accountId));
        var units = new Units(current.reference());
        var orders = openOf(found.rows().orders(), limit, units);
        var fills = viewsOf(found.rows().suspendedFills(), limit, units);
        boolean truncated = found.rows().orders().size() > limit
                || found.rows().suspendedFills().size() > limit;
        Json.answer(context, SnapshotView.of(found.account(), truncated, orders, fills));
    }

    private static List<OrderView> openOf(List<Order> orders, int limit, Units units) {
        return firstOf(orders, limit).stream()
                // One that is just being closed may still have its deadline.
                .filter(Orders::isOpen)
                .map(order -> OrderView.of(order, units))
                .toList();
    }

    private static List<SuspendedFillView> viewsOf(List<SuspendedFill> fills, int limit, Units units) {
        return firstOf(fills, limit).stream()
                .map(fill -> SuspendedFillView.of(fill, units))
                .toList();
    }

    private AccountState opened(String accountId) {
        return instance.get()
                .reads()
                .namedAccount(accountId)
                .filter(AccountRoutes::isOpened)
                .orElseThrow(() -> accountNotFound(accountId));
    }

    private static boolean isOfOpened(AccountWith<?> found) {
        return isOpened(found.account());
    }

    private static boolean isOpened(AccountState account) {
        return account.getStatus() != AccountStatus.UNOPENED;
    }

    private static ProblemException accountNotFound(String accountId) {
        return new ProblemException(
                Problem.of(HttpStatus.NOT_FOUND, "account_not_found", "account " + accountId + " was never opened"));
    }

    private static ProblemException orderNotFound(String accountId, String orderId) {
        return new ProblemException(Problem.of(
                HttpStatus.NOT_FOUND,
                "order_not_found",
                "account " + accountId + " has no order " + orderId + ", or it is no longer remembered"));
    }

    private static <T> List<T> firstOf(List<T> list, int limit) {
        return list.size() <= limit ? list : list.subList(0, limit);
    }
}
