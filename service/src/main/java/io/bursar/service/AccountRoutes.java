package io.bursar.service;

import io.bursar.ledger.Orders;
import io.bursar.schemas.Order;
import io.bursar.schemas.state.AccountState;
import io.bursar.schemas.state.AccountStatus;
import io.bursar.schemas.state.SuspendedFill;
import io.bursar.service.http.Access;
import io.bursar.service.http.Cursor;
import io.bursar.service.http.Ids;
import io.bursar.service.http.Json;
import io.bursar.service.http.Parameters;
import io.bursar.service.http.Problem;
import io.bursar.service.http.ProblemException;
import io.bursar.service.http.Routes;
import io.bursar.service.view.AccountView;
import io.bursar.service.view.BalanceView;
import io.bursar.service.view.LotView;
import io.bursar.service.view.OrderView;
import io.bursar.service.view.PositionView;
import io.bursar.service.view.QuotaView;
import io.bursar.service.view.SnapshotView;
import io.bursar.service.view.SuspendedFillView;
import io.bursar.service.view.TransferView;
import io.bursar.service.view.Units;
import io.bursar.topology.AccountWith;
import io.bursar.topology.OrderPlace;
import io.bursar.topology.Page;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpStatus;
import java.time.DateTimeException;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The queries about accounts. */
final class AccountRoutes {
    private static final String ACCOUNT = "/api/v1/accounts/{accountId}";

    private static final String OPEN_ORDERS = "open-orders";
    private static final String ALL_ORDERS = "all-orders";
    private static final String QUOTAS = "quotas";
    private static final String LOTS = "lots";
    private static final String TRANSFERS = "transfers";
    private static final String STRATEGY = "strategy";
    private static final String WHOLE_ACCOUNT = "";

    private final Supplier<Instance> instance;
    private final HistoryRoutes history;
    private final AccountReads reads;

    /** @param history answers for balances of a time past */
    AccountRoutes(Supplier<Instance> instance, HistoryRoutes history) {
        this.instance = instance;
        this.history = history;
        this.reads = new AccountReads(instance);
    }

    void addTo(RoutesConfig routes) {
        get(routes, "", Access.ACCOUNT_READ, this::account);
        get(
                routes,
                "/balances",
                Access.ACCOUNT_READ,
                this::balances,
                HistoryRoutes.AS_OF_SEQUENCE,
                HistoryRoutes.AS_OF);
        get(routes, "/positions", Access.TRADE_READ, this::positions, Parameters.PRICES);
        get(routes, "/orders", Access.TRADE_READ, this::orders, Parameters.STATUS, Parameters.LIMIT, Parameters.CURSOR);
        get(routes, "/orders/{orderId}", Access.TRADE_READ, this::order);
        get(routes, "/suspended-fills", Access.TRADE_READ, this::suspendedFills, Parameters.LIMIT);
        get(routes, "/limits", Access.TRADE_READ, this::limits);
        get(routes, "/quotas", Access.TRADE_READ, this::quotas, Parameters.LIMIT, Parameters.CURSOR);
        get(
                routes,
                "/positions/{instrument}/lots",
                Access.TRADE_READ,
                this::lots,
                STRATEGY,
                Parameters.LIMIT,
                Parameters.CURSOR);
        get(routes, "/transfers", Access.ACCOUNT_READ, this::transfers, Parameters.LIMIT, Parameters.CURSOR);
        get(routes, "/snapshot", Access.ADMIN_READ, this::snapshot, Parameters.LIMIT);
    }

    /** All of them may ask how new an answer has to be. */
    private static void get(RoutesConfig routes, String path, Access access, Handler handler, String... parameters) {
        var all = Stream.concat(Stream.of(parameters), Stream.of(Parameters.MIN_SEQUENCE, Parameters.STALE));
        Routes.get(routes, ACCOUNT + path, access, handler, all.toArray(String[]::new));
    }

    private void account(Context context) {
        Json.answer(context, AccountView.of(opened(context)));
    }

    private void balances(Context context) {
        if (HistoryRoutes.isPast(context)) {
            history.balances(context);
        } else {
            Json.answer(context, BalanceView.listOf(opened(context)));
        }
    }

    private void positions(Context context) {
        var prices = Parameters.prices(context);
        Json.answer(context, PositionView.listOf(opened(context), prices));
    }

    private void orders(Context context) {
        if (Parameters.isAllOrders(context)) {
            allOrders(context);
        } else {
            openOrders(context);
        }
    }

    private void openOrders(Context context) {
        int limit = Parameters.limit(context);
        var after = openOrderPlace(context);
        var found = openedWith(context, (stores, accountId) -> stores.openOrders(accountId, after, limit + 1));
        var rows = found.rows();
        var orders = openOf(rows, limit, units());
        var nextCursor = rows.size() <= limit ? null : cursorAfter(rows.get(limit - 1));
        Json.answer(context, OrderView.listOf(found.account(), orders, nextCursor));
    }

    private static String cursorAfter(Order order) {
        return Cursor.of(OPEN_ORDERS, order.getExpiresAt(), order.getOrderId());
    }

    private static OrderPlace openOrderPlace(Context context) {
        try {
            return Cursor.parts(context, OPEN_ORDERS, 2)
                    .map(parts -> new OrderPlace(Parameters.instant(parts.getFirst()), parts.get(1)))
                    .orElse(OrderPlace.START);
        } catch (DateTimeException notOurs) {
            throw Cursor.invalid(context);
        }
    }

    private void allOrders(Context context) {
        int limit = Parameters.limit(context);
        var after = Cursor.parts(context, ALL_ORDERS, 1).map(List::getFirst).orElse("");
        var found = openedWith(context, (stores, accountId) -> stores.orders(accountId, after, limit));
        var units = units();
        var orders = found.rows().rows().stream()
                .map(order -> OrderView.of(order, units))
                .toList();
        Json.answer(context, OrderView.listOf(found.account(), orders, next(ALL_ORDERS, found)));
    }

    private void order(Context context) {
        var accountId = Parameters.accountId(context);
        var orderId = Parameters.id(context, "orderId");
        var found = openedWith(context, (stores, id) -> stores.order(id, orderId));
        var order = found.rows().orElseThrow(() -> orderNotFound(accountId, orderId));
        var view = OrderView.of(order, units());
        Json.answer(context, new OrderView.Single(accountId, found.account().getSequence(), view));
    }

    /** Also of an account that was never opened: its fills are facts all the same. */
    private void suspendedFills(Context context) {
        var accountId = Parameters.accountId(context);
        int limit = Parameters.limit(context);
        var found = reads.with(context, accountId, stores -> stores.suspendedFills(accountId, limit + 1))
                .filter(any -> isOfOpened(any) || any.account().getSuspendedFills() > 0)
                .orElseThrow(() -> accountNotFound(accountId));
        var fills = viewsOf(found.rows(), limit, units());
        boolean truncated = found.rows().size() > limit;
        Json.answer(
                context,
                new SuspendedFillView.Listing(accountId, found.account().getSequence(), truncated, fills));
    }

    private void limits(Context context) {
        var found = openedWith(context, (stores, accountId) -> stores.quota(accountId, WHOLE_ACCOUNT));
        Json.answer(context, QuotaView.limits(found.account(), found.rows(), units()));
    }

    private void quotas(Context context) {
        int limit = Parameters.limit(context);
        var after = Cursor.parts(context, QUOTAS, 1).map(List::getFirst).orElse("");
        var found = openedWith(context, (stores, accountId) -> stores.quotas(accountId, after, limit));
        var rows = found.rows().rows();
        Json.answer(context, QuotaView.listOf(found.account(), rows, units(), next(QUOTAS, found)));
    }

    private void lots(Context context) {
        var instrument = Parameters.id(context, "instrument");
        var units = units();
        if (!units.isKnown(instrument)) {
            throw new ProblemException(Problem.of(
                    HttpStatus.NOT_FOUND,
                    "instrument_not_found",
                    "no instrument " + instrument + " is known, or not its assets"));
        }
        var strategy = Parameters.queryId(context, STRATEGY, Ids.MAX_LENGTH).orElse("");
        int limit = Parameters.limit(context);
        long from = firstLot(context);
        var found =
                openedWith(context, (stores, accountId) -> stores.lots(accountId, strategy, instrument, from, limit));
        var rows = found.rows().rows();
        Json.answer(context, LotView.listOf(found.account(), strategy, instrument, rows, units, next(LOTS, found)));
    }

    private static long firstLot(Context context) {
        try {
            return Cursor.parts(context, LOTS, 1)
                    .map(parts -> Math.addExact(Long.parseLong(parts.getFirst()), 1))
                    .orElse(Long.MIN_VALUE);
        } catch (NumberFormatException | ArithmeticException notOurs) {
            throw Cursor.invalid(context);
        }
    }

    private void transfers(Context context) {
        int limit = Parameters.limit(context);
        var after = Cursor.parts(context, TRANSFERS, 1).map(List::getFirst).orElse("");
        var found = openedWith(context, (stores, accountId) -> stores.transfers(accountId, after, limit));
        Json.answer(context, TransferView.listOf(found.account(), found.rows().rows(), next(TRANSFERS, found)));
    }

    /** The cursor of a list that goes on; null at its end. */
    private static String next(String list, AccountWith<? extends Page<?>> found) {
        return found.rows().next().map(last -> Cursor.of(list, last)).orElse(null);
    }

    /** All of one moment, and also of an account that was never opened: whoever compares accounts wants every one. */
    private void snapshot(Context context) {
        var accountId = Parameters.accountId(context);
        int limit = Parameters.limit(context);
        var found = reads.with(context, accountId, stores -> stores.openItems(accountId, limit + 1))
                .orElseThrow(() -> accountNotFound(accountId));
        var units = units();
        var orders = openOf(found.rows().orders(), limit, units);
        var fills = viewsOf(found.rows().suspendedFills(), limit, units);
        boolean truncated = found.rows().orders().size() > limit
                || found.rows().suspendedFills().size() > limit;
        Json.answer(context, SnapshotView.of(found.account(), truncated, orders, fills));
    }

    private Units units() {
        return new Units(instance.get().reference());
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

    private AccountState opened(Context context) {
        var accountId = Parameters.accountId(context);
        return reads.account(context, accountId)
                .filter(AccountRoutes::isOpened)
                .orElseThrow(() -> accountNotFound(accountId));
    }

    private <T> AccountWith<T> openedWith(
            Context context, BiFunction<Reads, String, Optional<AccountWith<T>>> question) {
        var accountId = Parameters.accountId(context);
        return reads.with(context, accountId, stores -> question.apply(stores, accountId))
                .filter(AccountRoutes::isOfOpened)
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
