package io.bursar.processors;

import io.bursar.schemas.Adjust;
import io.bursar.schemas.AllocateFunds;
import io.bursar.schemas.AmendOrder;
import io.bursar.schemas.CancelOrder;
import io.bursar.schemas.Deposit;
import io.bursar.schemas.ExtendOrder;
import io.bursar.schemas.Fill;
import io.bursar.schemas.NotionalLimit;
import io.bursar.schemas.OpenAccount;
import io.bursar.schemas.PlaceOrder;
import io.bursar.schemas.PositionLimit;
import io.bursar.schemas.Quota;
import io.bursar.schemas.ResolveFill;
import io.bursar.schemas.SetLimits;
import io.bursar.schemas.SetQuota;
import io.bursar.schemas.SuspendAccount;
import io.bursar.schemas.Trade;
import io.bursar.schemas.TradeParty;
import io.bursar.schemas.Transfer;
import io.bursar.schemas.TransferArrival;
import io.bursar.schemas.TransferOutcome;
import io.bursar.schemas.UpdateAccount;
import io.bursar.schemas.Withdraw;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;

/** What every message must be before the ledger sees it; each fault is told with field, value and rule. */
public final class WellFormed {
    /**
     * Of what is kept with the account, its orders and fills, which are read and written again and again. It also bounds a
     * journal entry, which holds several texts of a command: a larger one than the topic takes would stop the task.
     */
    static final int MAX_TEXT_LENGTH = 256;

    /** People's reasons are kept in the journal only. */
    static final int MAX_REASON_LENGTH = 4_000;

    /** They lie in the account's row, which is written with every command. */
    static final int MAX_MARKETS = 64;

    /** Of each kind in a quota, whose row is written with every order it bounds. */
    static final int MAX_LIMITS = 1_000;

    private static final Instant EARLIEST = Instant.EPOCH;
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");
    private static final int MAX_SHOWN_LENGTH = 80;

    private WellFormed() {}

    static void requireCommand(String commandId, Instant occurredAt, Object body) throws BadRecordException {
        requireId("commandId", commandId);
        requireInstant("occurredAt", occurredAt);
        switch (body) {
            case OpenAccount open -> {
                requireText("owner", open.getOwner());
                requireText("name", open.getName());
                requireMarkets(open.getMarketPermissions());
            }
            case UpdateAccount update -> {
                requireText("name", update.getName());
                if (update.getMarketPermissions() != null) {
                    requireMarkets(update.getMarketPermissions());
                }
            }
            case SetLimits set -> requireDistinct(set.getLimits());
            case SetQuota set -> {
                requireId("strategy", set.getStrategy());
                requireDistinct(set.getQuota());
            }
            case AllocateFunds allocate -> {
                requireId("strategy", allocate.getStrategy());
                requireText("asset", allocate.getAsset());
            }
            case SuspendAccount suspend -> requireReason(suspend.getReason());
            case Deposit deposit -> {
                requireText("asset", deposit.getAsset());
                requireText("instrument", deposit.getInstrument());
            }
            case Transfer transfer -> {
                requireId("toAccountId", transfer.getToAccountId());
                requireText("asset", transfer.getAsset());
            }
            case Withdraw withdraw -> requireText("asset", withdraw.getAsset());
            case Adjust adjust -> {
                requireText("asset", adjust.getAsset());
                requireReason(adjust.getReason());
            }
            case PlaceOrder place -> {
                requireId("orderId", place.getOrderId());
                requireText("instrument", place.getInstrument());
                requireStrategy(place.getStrategy());
                if (place.getExpiresAt() != null) {
                    requireInstant("expiresAt", place.getExpiresAt());
                }
            }
            case CancelOrder cancel -> {
                requireId("orderId", cancel.getOrderId());
                requireReason(cancel.getReason());
            }
            case AmendOrder amend -> requireId("orderId", amend.getOrderId());
            case ExtendOrder extend -> {
                requireId("orderId", extend.getOrderId());
                requireInstant("expiresAt", extend.getExpiresAt());
            }
            case ResolveFill resolve -> {
                requireReason(resolve.getReason());
                requireStrategy(resolve.getStrategy());
            }
            default -> {
                // The other commands have neither identities nor texts.
            }
        }
    }

    static void require(Fill fill) throws BadRecordException {
        requireId("executionId", fill.getExecutionId(), Ids.MAX_EXECUTION_ID_LENGTH);
        requireId("orderId", fill.getOrderId());
        requireText("instrument", fill.getInstrument());
        requireText("feeAsset", fill.getFeeAsset());
        requireText("venue", fill.getVenue());
        requireText("tradeId", fill.getTradeId());
        requireInstant("occurredAt", fill.getOccurredAt());
    }

    static void require(TransferArrival arrival, Instant occurredAt) throws BadRecordException {
        requireId("fromAccountId", arrival.getFromAccountId());
        requireId("transferId", arrival.getTransferId());
        requireText("asset", arrival.getAsset());
        requireInstant("occurredAt", occurredAt);
    }

    static void require(TransferOutcome outcome, Instant occurredAt) throws BadRecordException {
        requireId("toAccountId", outcome.getToAccountId());
        requireId("transferId", outcome.getTransferId());
        requireInstant("occurredAt", occurredAt);
    }

    static void require(Trade trade) throws BadRecordException {
        requireId("tradeId", trade.getTradeId());
        requireInstant("occurredAt", trade.getOccurredAt());
        require("buyer", trade.getBuyer());
        require("seller", trade.getSeller());
    }

    static void requireId(String field, String value) throws BadRecordException {
        requireId(field, value, Ids.MAX_LENGTH);
    }

    private static void require(String side, TradeParty party) throws BadRecordException {
        requireId(side + ".accountId", party.getAccountId());
        requireId(side + ".orderId", party.getOrderId());
        requireText(side + ".feeAsset", party.getFeeAsset());
    }

    private static void requireId(String field, String value, int maxLength) throws BadRecordException {
        if (!Ids.isValid(value, maxLength)) {
            throw new BadRecordException(field + " is '" + shortened(value) + "': an id is 1 to " + maxLength
                    + " characters of A-Z a-z 0-9 . _ : -");
        }
    }

    private static void requireMarkets(List<String> markets) throws BadRecordException {
        if (markets.size() > MAX_MARKETS) {
            throw new BadRecordException(
                    "marketPermissions has " + markets.size() + " markets: at most " + MAX_MARKETS + " are kept");
        }
        for (var market : markets) {
            requireId("marketPermissions", market);
        }
    }

    private static void requireDistinct(Quota quota) throws BadRecordException {
        requireDistinct("maxNotionalPerDay", quota.getMaxNotionalPerDay(), NotionalLimit::getAsset);
        requireDistinct("maxOrderNotional", quota.getMaxOrderNotional(), NotionalLimit::getAsset);
        requireDistinct("maxPosition", quota.getMaxPosition(), PositionLimit::getInstrument);
    }

    private static <T> void requireDistinct(String field, List<T> limits, Function<T, String> id)
            throws BadRecordException {
        if (limits.size() > MAX_LIMITS) {
            throw new BadRecordException(
                    field + " has " + limits.size() + " limits: at most " + MAX_LIMITS + " are kept");
        }
        var ids = new HashSet<String>();
        for (var limit : limits) {
            requireId(field, id.apply(limit));
            if (!ids.add(id.apply(limit))) {
                throw new BadRecordException(field + " names '" + id.apply(limit) + "' twice: each has one limit");
            }
        }
    }

    private static void requireStrategy(String value) throws BadRecordException {
        if (value != null && !value.isEmpty()) {
            requireId("strategy", value);
        }
    }

    private static void requireText(String field, String value) throws BadRecordException {
        requireLength(field, value, MAX_TEXT_LENGTH);
    }

    private static void requireReason(String value) throws BadRecordException {
        requireLength("reason", value, MAX_REASON_LENGTH);
    }

    private static void requireLength(String field, String value, int maxLength) throws BadRecordException {
        if (value != null && value.length() > maxLength) {
            throw new BadRecordException(
                    field + " has " + value.length() + " characters: at most " + maxLength + " are kept");
        }
    }

    private static void requireInstant(String field, Instant value) throws BadRecordException {
        if (value.isBefore(EARLIEST) || value.isAfter(LATEST)) {
            throw new BadRecordException(field + " is " + value + ": instants lie between 1970 and 9999");
        }
    }

    public static String shortened(String value) {
        return value.length() <= MAX_SHOWN_LENGTH ? value : value.substring(0, MAX_SHOWN_LENGTH) + "…";
    }
}
