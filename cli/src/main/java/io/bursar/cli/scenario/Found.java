package io.bursar.cli.scenario;

import io.bursar.ledger.Accounts;
import io.bursar.ledger.LedgerRules;
import io.bursar.ledger.ReasonCode;
import io.bursar.ledger.Retention;
import io.bursar.schemas.Adjust;
import io.bursar.schemas.AllocateFunds;
import io.bursar.schemas.AmendOrder;
import io.bursar.schemas.Balance;
import io.bursar.schemas.CommandRejected;
import io.bursar.schemas.Deposit;
import io.bursar.schemas.Fill;
import io.bursar.schemas.FillDiscarded;
import io.bursar.schemas.FillKind;
import io.bursar.schemas.FillSettled;
import io.bursar.schemas.FillSuspended;
import io.bursar.schemas.FundsAllocated;
import io.bursar.schemas.FundsTransferred;
import io.bursar.schemas.Instrument;
import io.bursar.schemas.JournalEntry;
import io.bursar.schemas.LedgerAccount;
import io.bursar.schemas.Order;
import io.bursar.schemas.OrderAccepted;
import io.bursar.schemas.OrderAmended;
import io.bursar.schemas.OrderCancelled;
import io.bursar.schemas.OrderExpired;
import io.bursar.schemas.OrderExtended;
import io.bursar.schemas.OrderRejected;
import io.bursar.schemas.QuotaSet;
import io.bursar.schemas.Rejection;
import io.bursar.schemas.ResolveFill;
import io.bursar.schemas.Transfer;
import io.bursar.schemas.TransferConfirmed;
import io.bursar.schemas.TransferReceived;
import io.bursar.schemas.TransferRefused;
import io.bursar.schemas.TransferReturned;
import io.bursar.schemas.Withdraw;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** What the books say, in the words in which scenarios state it: whole units, and times since the beginning. */
final class Found {
    private final Catalogue catalogue;
    private final Books books;

    Found(Catalogue catalogue, Books books) {
        this.catalogue = catalogue;
        this.books = books;
    }

    List<Term> facts(Subject subject, String accountId, String id, String strategy) {
        return switch (subject) {
            case BALANCE -> balance(accountId, strategy, id);
            case ORDER -> order(accountId, id);
            case POSITION -> position(accountId, strategy, id);
            case ACCOUNT -> account(accountId);
            case TRIAL_BALANCE -> trialBalance(id);
            case REFUSAL, SETTLEMENT, ACCEPTANCE ->
                throw new IllegalArgumentException(subject + " is of a step, not of the books");
        };
    }

    /** As {@code e1 of o1 unknown_order}, in the order in which they were suspended. */
    List<String> suspendedFills(String accountId) {
        return books.account(accountId).suspendedFills().stream()
                .map(suspended -> suspended.getFill().getExecutionId() + " of "
                        + suspended.getFill().getOrderId() + " "
                        + suspended.getRejection().getReason())
                .toList();
    }

    /** The kind of an entry and what it is about: {@code FillSuspended e1 unknown_order}. */
    static String entry(JournalEntry entry) {
        var about = switch (entry.getBody()) {
            case OrderAccepted body -> body.getPlace().getOrderId();
            case OrderRejected body ->
                body.getPlace().getOrderId() + " " + body.getRejection().getReason();
            case OrderAmended body -> body.getAmend().getOrderId();
            case OrderExtended body -> body.getExtend().getOrderId();
            case OrderCancelled body -> body.getCancel().getOrderId();
            case OrderExpired body -> body.getOrderId();
            case FillSettled body -> execution(body.getFill()) + (body.getLate() ? " late" : "");
            case FillSuspended body ->
                execution(body.getFill()) + " " + body.getRejection().getReason();
            case FillDiscarded body -> execution(body.getFill());
            case FundsAllocated body -> body.getAllocate().getStrategy();
            case QuotaSet body -> body.getSet().getStrategy();
            case FundsTransferred body -> body.getTransfer().getToAccountId();
            case TransferReceived body -> body.getArrival().getFromAccountId();
            case TransferRefused body ->
                body.getArrival().getFromAccountId() + " " + body.getRejection().getReason();
            case TransferConfirmed body -> body.getOutcome().getToAccountId();
            case TransferReturned body -> body.getOutcome().getToAccountId();
            case CommandRejected body -> body.getRejection().getReason();
            default -> "";
        };
        var kind = ((SpecificRecord) entry.getBody()).getSchema().getName();
        return about.isEmpty() ? kind : kind + " " + about;
    }

    private static String execution(Fill fill) {
        return fill.getKind() == FillKind.BUST ? fill.getExecutionId() + " bust" : fill.getExecutionId();
    }

    /** The postings of the entries, added up: {@code AVAILABLE -49.98 USD}. */
    List<String> postings(List<JournalEntry> entries) {
        var sums = new LinkedHashMap<List<String>, BigInteger>();
        for (var entry : entries) {
            for (var posting : entry.getPostings()) {
                sums.merge(
                        List.of(posting.getLedgerAccount().name(), posting.getAsset()),
                        BigInteger.valueOf(posting.getAmount()),
                        BigInteger::add);
            }
        }
        var texts = new ArrayList<String>();
        sums.forEach((key, sum) -> {
            if (sum.signum() != 0) {
                int scale = catalogue.assets().get(key.get(1)).getScale();
                var sign = sum.signum() > 0 ? "+" : "";
                texts.add(key.get(0) + " " + sign + new BigDecimal(sum, scale).toPlainString() + " " + key.get(1));
            }
        });
        return texts;
    }

    List<Term> settlement(FillSettled settled) {
        var instrument = catalogue.instruments().get(settled.getFill().getInstrument());
        var facts = new ArrayList<Term>();
        if (settled.getLate()) {
            facts.add(Term.flag("late"));
        }
        facts.add(new Term("notional", quote(settled.getNotional(), instrument)));
        facts.add(new Term("realizedPnl", quote(settled.getRealizedPnl(), instrument)));
        return facts;
    }

    /** The numbers of a refusal or suspension; what they count follows from its reason and from what was refused. */
    List<Term> refusal(Rejection rejection, JournalEntry entry) {
        var facts = new ArrayList<Term>();
        if (rejection.getRequired() != null) {
            facts.add(new Term("required", amount(rejection.getRequired(), rejection)));
            facts.add(new Term("available", amount(rejection.getAvailable(), rejection)));
        }
        if (rejection.getStrategy() != null && !rejection.getStrategy().isEmpty()) {
            facts.add(new Term("strategy", Value.word(rejection.getStrategy())));
        }
        if (rejection.getLimit() != null) {
            facts.add(new Term("limit", counted(rejection.getLimit(), rejection, entry)));
            facts.add(new Term("value", counted(rejection.getValue(), rejection, entry)));
        }
        return facts;
    }

    private static Value amount(long units, Rejection rejection) {
        return Value.figure(units, rejection.getScale(), rejection.getAsset());
    }

    private Value counted(long number, Rejection rejection, JournalEntry entry) {
        return switch (ReasonCode.of(rejection.getReason())) {
            case COMMAND_TOO_OLD, OCCURRED_IN_THE_FUTURE, EXPIRY_MUST_BE_IN_THE_FUTURE, EXPIRY_EXCEEDS_30_DAYS ->
                Offsets.moment(Instant.EPOCH.plus(number, ChronoUnit.MICROS));
            case PRICE_MUST_BE_POSITIVE, PRICE_OFF_TICK, WORSE_THAN_LIMIT -> price(number, instrument(entry));
            case QUANTITY_MUST_BE_POSITIVE, QUANTITY_OFF_LOT, QUANTITY_BELOW_FILLED -> base(number, instrument(entry));
            case NOTIONAL_MUST_BE_POSITIVE, EXCEEDS_ORDER_NOTIONAL, EXCEEDS_NOTIONAL_PER_DAY ->
                quote(number, instrument(entry));
            case EXCEEDS_POSITION_LIMIT, EXCEEDS_POSITION -> base(number, instrument(entry));
            case OVERFILL -> filled(number, rejection, entry);
            case AMOUNT_MUST_BE_POSITIVE -> {
                var asset = catalogue.assets().get(asset(entry));
                yield Value.figure(number, asset.getScale(), asset.getId());
            }
            case TAKER_FEE_RATE_OUT_OF_RANGE -> Amounts.rate((int) number);
            default -> Value.count(number);
        };
    }

    /** An overfill is of the order's quantity, or, of a BUY by notional, of what it may spend. */
    private Value filled(long number, Rejection rejection, JournalEntry entry) {
        var fill = fill(entry);
        var order = books.account(entry.getAccountId()).order(fill.getOrderId());
        boolean ofQuantity = order != null
                && rejection.getLimit().equals(order.getLargestQuantity())
                && rejection.getValue() == order.getFilledQuantity() + fill.getQuantity();
        return ofQuantity ? base(number, instrument(entry)) : quote(number, instrument(entry));
    }

    private static Fill fill(JournalEntry entry) {
        return ((FillSuspended) entry.getBody()).getFill();
    }

    private Instrument instrument(JournalEntry entry) {
        var id = switch (entry.getBody()) {
            case OrderRejected body -> body.getPlace().getInstrument();
            case FillSuspended body -> body.getFill().getInstrument();
            case CommandRejected body
            when body.getCommand() instanceof AmendOrder amend ->
                books.account(entry.getAccountId()).order(amend.getOrderId()).getInstrument();
            case CommandRejected body
            when body.getCommand() instanceof ResolveFill resolve ->
                books.account(entry.getAccountId())
                        .suspendedFill(resolve.getSequence())
                        .getFill()
                        .getInstrument();
            default -> throw new IllegalArgumentException("no instrument in " + entry(entry));
        };
        return catalogue.instruments().get(id);
    }

    private static String asset(JournalEntry entry) {
        return switch (((CommandRejected) entry.getBody()).getCommand()) {
            case Deposit deposit -> deposit.getAsset();
            case Withdraw withdraw -> withdraw.getAsset();
            case Adjust adjust -> adjust.getAsset();
            case AllocateFunds allocate -> allocate.getAsset();
            case Transfer transfer -> transfer.getAsset();
            default -> throw new IllegalArgumentException("no asset in " + entry(entry));
        };
    }

    private List<Term> balance(String accountId, String strategy, String assetId) {
        var asset = catalogue.assets().get(assetId);
        var found = Accounts.balance(books.account(accountId).account(), strategy, assetId);
        var balance = found == null ? new Balance(strategy, assetId, asset.getScale(), 0L, 0L) : found;
        int scale = balance.getScale();
        return List.of(
                new Term("total", Value.figure(balance.getTotal(), scale, assetId)),
                new Term("reserved", Value.figure(balance.getReserved(), scale, assetId)),
                new Term("available", Value.figure(balance.getTotal() - balance.getReserved(), scale, assetId)));
    }

    private List<Term> order(String accountId, String orderId) {
        var account = books.account(accountId);
        var order = account.order(orderId);
        if (order == null || Retention.isForgotten(order, account.account().getAccountTime(), LedgerRules.DEFAULT)) {
            return List.of(new Term(Subject.STATUS, Value.word("none")));
        }
        var instrument = catalogue.instruments().get(order.getInstrument());
        var facts = new ArrayList<Term>();
        facts.add(new Term(Subject.STATUS, Value.word(order.getStatus().name())));
        facts.add(new Term("held", held(order, instrument)));
        facts.add(new Term("filledQuantity", base(order.getFilledQuantity(), instrument)));
        facts.add(new Term("filledNotional", quote(order.getFilledNotional(), instrument)));
        facts.add(new Term("instrument", Value.word(order.getInstrument())));
        facts.add(new Term("side", Value.word(order.getSide().name())));
        facts.add(new Term("type", Value.word(order.getType().name())));
        if (!order.getStrategy().isEmpty()) {
            facts.add(new Term("strategy", Value.word(order.getStrategy())));
        }
        if (order.getQuantity() != null) {
            facts.add(new Term("quantity", base(order.getQuantity(), instrument)));
        }
        if (order.getLimitPrice() != null) {
            facts.add(new Term("limitPrice", price(order.getLimitPrice(), instrument)));
        }
        if (order.getNotional() != null) {
            facts.add(new Term("notional", quote(order.getNotional(), instrument)));
        }
        facts.add(new Term("takerFeeRate", Amounts.rate(order.getTakerFeeRate())));
        facts.add(new Term("placedAt", Offsets.moment(order.getPlacedAt())));
        facts.add(new Term("expiresAt", Offsets.moment(order.getExpiresAt())));
        if (order.getClosedAt() != null) {
            facts.add(new Term("closedAt", Offsets.moment(order.getClosedAt())));
        }
        facts.add(new Term("suspendedFills", Value.count(order.getSuspendedFills())));
        if (order.getReduceOnly()) {
            facts.add(Term.flag("reduceOnly"));
        }
        if (order.getRejection() != null) {
            facts.add(new Term("reason", Value.word(order.getRejection().getReason())));
        }
        return facts;
    }

    private Value held(Order order, Instrument instrument) {
        return switch (order.getSide()) {
            case BUY -> quote(order.getHeld(), instrument);
            case SELL -> Value.figure(order.getHeld(), catalogue.baseScale(instrument), instrument.getBaseAsset());
        };
    }

    private List<Term> position(String accountId, String strategy, String instrumentId) {
        var position = Accounts.position(books.account(accountId).account(), strategy, instrumentId);
        if (position == null) {
            return List.of(new Term(Subject.STATUS, Value.word("none")));
        }
        var instrument = catalogue.instruments().get(instrumentId);
        var facts = new ArrayList<Term>();
        facts.add(new Term("quantity", base(position.getQuantity(), instrument)));
        facts.add(new Term("costBasis", quote(position.getCostBasis(), instrument)));
        facts.add(new Term("realizedPnl", quote(position.getRealizedPnl(), instrument)));
        facts.add(new Term("uncoveredQuantity", base(position.getUncoveredQuantity(), instrument)));
        position.getFeesPaid()
                .forEach(fees -> facts.add(
                        new Term("feesPaid", Value.figure(fees.getAmount(), fees.getScale(), fees.getAsset()))));
        return facts;
    }

    private List<Term> account(String accountId) {
        var account = books.account(accountId).account();
        return List.of(
                new Term(Subject.STATUS, Value.word(account.getStatus().name())),
                new Term("sequence", Value.count(account.getSequence())),
                new Term("openOrders", Value.count(account.getOpenOrders())),
                new Term("suspendedFills", Value.count(account.getSuspendedFills())),
                new Term("accountTime", Offsets.moment(account.getAccountTime())),
                new Term("takerFeeRate", Amounts.rate(account.getTakerFeeRate())),
                new Term("owner", Value.word(account.getOwner())),
                new Term("name", Value.word(account.getName())),
                new Term("costMethod", Value.word(account.getCostMethod().name())),
                new Term("quotas", Value.count(account.getQuotas())),
                new Term("transfersOnTheirWay", Value.count(account.getTransfersOnTheirWay())));
    }

    private List<Term> trialBalance(String assetId) {
        int scale = catalogue.assets().get(assetId).getScale();
        var facts = new ArrayList<Term>();
        for (var ledgerAccount : LedgerAccount.values()) {
            var sum = new BigDecimal(books.trialBalance(assetId, ledgerAccount), scale);
            facts.add(new Term(ledgerAccount.name(), new Value.Figure(sum, assetId)));
        }
        return facts;
    }

    private Value base(long units, Instrument instrument) {
        return Value.figure(units, catalogue.baseScale(instrument), instrument.getBaseAsset());
    }

    private Value quote(long units, Instrument instrument) {
        return Value.figure(units, catalogue.quoteScale(instrument), instrument.getQuoteAsset());
    }

    private static Value price(long units, Instrument instrument) {
        return Value.figure(units, instrument.getPriceScale(), "");
    }
}
