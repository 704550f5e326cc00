package io.bursar.processors;

import io.bursar.schemas.AmendOrder;
import io.bursar.schemas.CancelOrder;
import io.bursar.schemas.ExtendOrder;
import io.bursar.schemas.Fill;
import io.bursar.schemas.OpenAccount;
import io.bursar.schemas.PlaceOrder;
import io.bursar.schemas.ResolveFill;
import io.bursar.schemas.Trade;
import io.bursar.schemas.TradeParty;
import java.time.Instant;

/** What every message must be before the ledger sees it; each fault is told with field, value and rule. */
final class WellFormed {
    /** People's words are kept with the account, which is read and written with each of its commands. */
    static final int MAX_TEXT_LENGTH = 256;

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
            }
            case PlaceOrder place -> {
                requireId("orderId", place.getOrderId());
                if (!place.getStrategy().isEmpty()) {
                    requireId("strategy", place.getStrategy());
                }
                if (place.getExpiresAt() != null) {
                    requireInstant("expiresAt", place.getExpiresAt());
                }
            }
            case CancelOrder cancel -> requireId("orderId", cancel.getOrderId());
            case AmendOrder amend -> requireId("orderId", amend.getOrderId());
            case ExtendOrder extend -> {
                requireId("orderId", extend.getOrderId());
                requireInstant("expiresAt", extend.getExpiresAt());
            }
            case ResolveFill resolve -> {
                if (resolve.getStrategy() != null && !resolve.getStrategy().isEmpty()) {
                    requireId("strategy", resolve.getStrategy());
                }
            }
            default -> {
                // The other commands have no identities of their own.
            }
        }
    }

    static void require(Fill fill) throws BadRecordException {
        requireId("executionId", fill.getExecutionId(), Ids.MAX_EXECUTION_ID_LENGTH);
        requireId("orderId", fill.getOrderId());
        requireInstant("occurredAt", fill.getOccurredAt());
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
    }

    private static void requireId(String field, String value, int maxLength) throws BadRecordException {
        if (!Ids.isValid(value, maxLength)) {
            throw new BadRecordException(field + " is '" + shortened(value) + "': an id is 1 to " + maxLength
                    + " characters of A-Z a-z 0-9 . _ : -");
        }
    }

    private static void requireText(String field, String value) throws BadRecordException {
        if (value.length() > MAX_TEXT_LENGTH) {
            throw new BadRecordException(
                    field + " has " + value.length() + " characters: at most " + MAX_TEXT_LENGTH + " are kept");
        }
    }

    private static void requireInstant(String field, Instant value) throws BadRecordException {
        if (value.isBefore(EARLIEST) || value.isAfter(LATEST)) {
            throw new BadRecordException(field + " is " + value + ": instants lie between 1970 and 9999");
        }
    }

    private static String shortened(String value) {
        return value.length() <= MAX_SHOWN_LENGTH ? value : value.substring(0, MAX_SHOWN_LENGTH) + "…";
    }
}
