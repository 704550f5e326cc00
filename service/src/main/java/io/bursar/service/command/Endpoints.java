package io.bursar.service.command;

import static io.javalin.http.HandlerType.DELETE;
import static io.javalin.http.HandlerType.PATCH;
import static io.javalin.http.HandlerType.POST;
import static io.javalin.http.HandlerType.PUT;

import io.bursar.schemas.AccountCommand;
import io.bursar.schemas.Adjust;
import io.bursar.schemas.AllocateFunds;
import io.bursar.schemas.AmendOrder;
import io.bursar.schemas.BalanceUpdate;
import io.bursar.schemas.CancelCause;
import io.bursar.schemas.CancelOrder;
import io.bursar.schemas.CloseAccount;
import io.bursar.schemas.CostMethod;
import io.bursar.schemas.Deposit;
import io.bursar.schemas.ExtendOrder;
import io.bursar.schemas.Fill;
import io.bursar.schemas.FillKind;
import io.bursar.schemas.Liquidity;
import io.bursar.schemas.NotionalLimit;
import io.bursar.schemas.OpenAccount;
import io.bursar.schemas.OrderCommand;
import io.bursar.schemas.OrderType;
import io.bursar.schemas.PlaceOrder;
import io.bursar.schemas.PositionLimit;
import io.bursar.schemas.Quota;
import io.bursar.schemas.Resolution;
import io.bursar.schemas.ResolveFill;
import io.bursar.schemas.ResumeAccount;
import io.bursar.schemas.SetLimits;
import io.bursar.schemas.SetQuota;
import io.bursar.schemas.Side;
import io.bursar.schemas.SuspendAccount;
import io.bursar.schemas.Transfer;
import io.bursar.schemas.UpdateAccount;
import io.bursar.schemas.Withdraw;
import io.bursar.service.http.Access;
import io.bursar.service.http.Fields;
import io.bursar.service.http.Ids;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** All commands that there are over HTTP, and how each becomes a record of the ledger's topics. */
final class Endpoints {
    private static final String ACCOUNT = "/accounts/{accountId}";
    private static final String ORDER = ACCOUNT + "/orders/{orderId}";

    private static final int RATE_SCALE = 6;
    private static final int WHOLE_NOTIONAL = 1_000_000;
    private static final int MAX_MARKETS = 64;
    private static final int MAX_LIMITS = 1_000;

    static final List<Endpoint> ALL = List.of(
            new Endpoint(POST, "/accounts", Access.ADMIN_WRITE, List.of(), Endpoints::open),
            new Endpoint(PATCH, ACCOUNT, Access.ADMIN_WRITE, List.of(), Endpoints::update),
            new Endpoint(PUT, ACCOUNT + "/status", Access.ADMIN_WRITE, List.of(), Endpoints::changeStatus),
            new Endpoint(PUT, ACCOUNT + "/limits", Access.ADMIN_WRITE, List.of(), Endpoints::setLimits),
            new Endpoint(PUT, ACCOUNT + "/quotas/{strategy}", Access.ADMIN_WRITE, List.of(), Endpoints::setQuota),
            new Endpoint(POST, ACCOUNT + "/allocations", Access.ACCOUNT_WRITE, List.of(), Endpoints::allocate),
            new Endpoint(POST, ACCOUNT + "/deposits", Access.ACCOUNT_WRITE, List.of(), Endpoints::deposit),
            new Endpoint(POST, ACCOUNT + "/withdrawals", Access.ACCOUNT_WRITE, List.of(), Endpoints::withdraw),
            new Endpoint(POST, ACCOUNT + "/adjustments", Access.ADMIN_WRITE, List.of(), Endpoints::adjust),
            new Endpoint(POST, ACCOUNT + "/transfers", Access.ACCOUNT_WRITE, List.of(), Endpoints::transfer),
            new Endpoint(POST, ACCOUNT + "/orders", Access.TRADE_WRITE, List.of(), Endpoints::place),
            new Endpoint(PUT, ORDER, Access.TRADE_WRITE, List.of(), Endpoints::amend),
            new Endpoint(DELETE, ORDER, Access.TRADE_WRITE, List.of("cause", "reason"), Endpoints::cancel),
            new Endpoint(POST, ORDER + "/extension", Access.TRADE_WRITE, List.of(), Endpoints::extend),
            new Endpoint(POST, ACCOUNT + "/fills", Access.ADMIN_WRITE, List.of(), Endpoints::fill),
            new Endpoint(
                    POST,
                    ACCOUNT + "/suspended-fills/{sequence}/resolution",
                    Access.ADMIN_WRITE,
                    List.of(),
                    Endpoints::resolve));

    private Endpoints() {}

    /** What an account can be told to be. */
    private enum Status {
        OPEN,
        SUSPENDED,
        CLOSED
    }

    private static SpecificRecord open(CommandRequest request) {
        var body = request.body();
        var open = new OpenAccount(
                body.text("owner", Fields.MAX_TEXT),
                body.text("name", Fields.MAX_TEXT),
                takerFeeRate(body, 0),
                body.symbol("costMethod", CostMethod.class, CostMethod.AVERAGE),
                body.ids("marketPermissions", MAX_MARKETS));
        return new AccountCommand(request.commandId(), body.id("accountId"), request.now(), open);
    }

    private static SpecificRecord update(CommandRequest request) {
        var body = request.body();
        var update = new UpdateAccount(
                body.optionalText("name", Fields.MAX_TEXT),
                body.has("marketPermissions") ? body.ids("marketPermissions", MAX_MARKETS) : null,
                takerFeeRate(body, null));
        body.requireAny();
        return ofAccount(request, update);
    }

    private static Integer takerFeeRate(Fields body, Integer whenAbsent) {
        var millionths = body.optionalAmount("takerFeeRate", RATE_SCALE);
        if (millionths == null) {
            return whenAbsent;
        }
        if (millionths < 0 || millionths > WHOLE_NOTIONAL) {
            throw Fields.invalid(
                    "takerFeeRate",
                    BigDecimal.valueOf(millionths, RATE_SCALE).toPlainString(),
                    "a share of the notional, from 0 to 1");
        }
        return millionths.intValue();
    }

    private static SpecificRecord changeStatus(CommandRequest request) {
        var body = request.body();
        return ofAccount(
                request,
                switch (body.symbol("status", Status.class)) {
                    case OPEN -> new ResumeAccount();
                    case SUSPENDED -> new SuspendAccount(body.text("reason", Fields.MAX_REASON));
                    case CLOSED -> new CloseAccount();
                });
    }

    private static SpecificRecord setLimits(CommandRequest request) {
        return ofAccount(request, new SetLimits(quota(request)));
    }

    private static SpecificRecord setQuota(CommandRequest request) {
        return ofAccount(request, new SetQuota(request.pathId("strategy"), quota(request)));
    }

    private static Quota quota(CommandRequest request) {
        var body = request.body();
        return new Quota(
                body.optionalWhole("maxOpenOrders", 0, Integer.MAX_VALUE),
                body.optionalWhole("maxOrdersPerDay", 0, Integer.MAX_VALUE),
                notionalLimits(request, "maxNotionalPerDay"),
                notionalLimits(request, "maxOrderNotional"),
                positionLimits(request, "maxPosition"));
    }

    private static List<NotionalLimit> notionalLimits(CommandRequest request, String name) {
        var assets = new HashSet<String>();
        return request.body().objects(name, MAX_LIMITS).stream()
                .map(limit -> {
                    var asset = limit.id("asset");
                    requireFirst(name + ".asset", asset, assets.add(asset));
                    var made = new NotionalLimit(asset, limit.amount("amount", request.scale(asset)));
                    limit.requireNoOthers();
                    return made;
                })
                .toList();
    }

    private static List<PositionLimit> positionLimits(CommandRequest request, String name) {
        var instruments = new HashSet<String>();
        return request.body().objects(name, MAX_LIMITS).stream()
                .map(limit -> {
                    var instrument = limit.id("instrument");
                    requireFirst(name + ".instrument", instrument, instruments.add(instrument));
                    var scale = request.terms(instrument).getBaseScale();
                    var made = new PositionLimit(instrument, limit.amount("quantity", scale));
                    limit.requireNoOthers();
                    return made;
                })
                .toList();
    }

    private static void requireFirst(String field, String id, boolean isFirst) {
        if (!isFirst) {
            throw Fields.invalid(field, id, "named once in the list");
        }
    }

    private static SpecificRecord allocate(CommandRequest request) {
        var asset = request.body().id("asset");
        return ofAccount(
                request,
                new AllocateFunds(
                        request.body().id("strategy"), asset, request.body().amount("amount", request.scale(asset))));
    }

    private static SpecificRecord deposit(CommandRequest request) {
        var body = request.body();
        var asset = body.id("asset");
        long amount = body.amount("amount", request.scale(asset));
        var instrument = body.optionalId("instrument");
        if (instrument == null && body.has("costBasis")) {
            throw Fields.invalid("instrument", "", "given with costBasis, whose asset is its quote asset");
        }
        var cost = instrument == null
                ? null
                : body.optionalAmount("costBasis", request.terms(instrument).getQuoteScale());
        return ofBalances(request, new Deposit(asset, amount, instrument, cost));
    }

    private static SpecificRecord withdraw(CommandRequest request) {
        var asset = request.body().id("asset");
        return ofBalances(request, new Withdraw(asset, request.body().amount("amount", request.scale(asset))));
    }

    private static SpecificRecord adjust(CommandRequest request) {
        var body = request.body();
        var asset = body.id("asset");
        return ofBalances(
                request,
                new Adjust(asset, body.amount("amount", request.scale(asset)), body.text("reason", Fields.MAX_REASON)));
    }

    private static SpecificRecord transfer(CommandRequest request) {
        var body = request.body();
        var asset = body.id("asset");
        return ofBalances(
                request, new Transfer(body.id("toAccountId"), asset, body.amount("amount", request.scale(asset))));
    }

    private static SpecificRecord place(CommandRequest request) {
        return ofOrders(request, order(request));
    }

    /** The order that the body states. */
    static PlaceOrder order(CommandRequest request) {
        var body = request.body();
        var instrument = body.id("instrument");
        var terms = request.terms(instrument);
        return new PlaceOrder(
                request.identity("orderId", body.optionalId("orderId")),
                instrument,
                body.symbol("side", Side.class),
                body.symbol("type", OrderType.class),
                body.optionalAmount("quantity", terms.getBaseScale()),
                body.optionalAmount("limitPrice", terms.getPriceScale()),
                body.optionalAmount("notional", terms.getQuoteScale()),
                body.optionalInstant("expiresAt"),
                body.has("strategy") ? body.id("strategy") : "",
                body.flag("reduceOnly"));
    }

    private static SpecificRecord amend(CommandRequest request) {
        var orderId = request.pathId("orderId");
        var terms = request.termsOfOrder(orderId);
        return ofOrders(
                request,
                new AmendOrder(
                        orderId,
                        request.body().optionalAmount("quantity", terms.getBaseScale()),
                        request.body().optionalAmount("limitPrice", terms.getPriceScale())));
    }

    private static SpecificRecord cancel(CommandRequest request) {
        var cause = request.query().get("cause");
        var reason = request.query().get("reason");
        if (reason != null && reason.length() > Fields.MAX_REASON) {
            throw Fields.invalid("reason", reason, "at most " + Fields.MAX_REASON + " characters");
        }
        return ofOrders(
                request,
                new CancelOrder(
                        request.pathId("orderId"),
                        cause == null ? CancelCause.USER : Fields.symbol("cause", cause, CancelCause.class),
                        reason));
    }

    private static SpecificRecord extend(CommandRequest request) {
        return ofOrders(
                request,
                new ExtendOrder(request.pathId("orderId"), request.body().instant("expiresAt")));
    }

    private static SpecificRecord resolve(CommandRequest request) {
        var body = request.body();
        return ofOrders(
                request,
                new ResolveFill(
                        request.pathSequence("sequence"),
                        body.symbol("resolution", Resolution.class),
                        body.text("reason", Fields.MAX_REASON),
                        body.optionalId("strategy")));
    }

    private static SpecificRecord fill(CommandRequest request) {
        var body = request.body();
        var instrument = body.id("instrument");
        var terms = request.terms(instrument);
        var feeAsset = body.optionalId("feeAsset");
        var fee = body.optionalAmount("fee", feeAsset == null ? terms.getQuoteScale() : request.scale(feeAsset));
        var occurredAt = body.optionalInstant("occurredAt");
        return new Fill(
                request.identity("executionId", body.id("executionId", Ids.MAX_EXECUTION_ID_LENGTH)),
                request.accountId(),
                body.id("orderId"),
                instrument,
                body.symbol("side", Side.class),
                body.amount("quantity", terms.getBaseScale()),
                body.amount("price", terms.getPriceScale()),
                fee == null ? 0 : fee,
                feeAsset,
                body.symbol("liquidity", Liquidity.class, Liquidity.UNKNOWN),
                body.flag("final"),
                body.optionalText("venue", Fields.MAX_TEXT),
                body.optionalText("tradeId", Fields.MAX_TEXT),
                occurredAt == null ? request.now() : occurredAt,
                body.symbol("kind", FillKind.class, FillKind.NEW));
    }

    private static AccountCommand ofAccount(CommandRequest request, SpecificRecord body) {
        return new AccountCommand(request.commandId(), request.accountId(), request.now(), body);
    }

    private static BalanceUpdate ofBalances(CommandRequest request, SpecificRecord body) {
        return new BalanceUpdate(request.commandId(), request.accountId(), request.now(), body);
    }

    private static OrderCommand ofOrders(CommandRequest request, SpecificRecord body) {
        var commandId = body instanceof PlaceOrder place ? place.getOrderId() : request.commandId();
        return new OrderCommand(commandId, request.accountId(), request.now(), body);
    }
}
