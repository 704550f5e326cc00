package io.bursar.ledger;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Why a command was refused or a fill was suspended, in the order in which the rules are checked; but
 * {@link #AMOUNT_OVERFLOWS} comes wherever it shows. The text in journal,
 * replies and metrics is the lower-case name; it never changes once released.
 */
public enum ReasonCode {
    /** The order id was used before, for an order with other content. */
    ORDER_ID_REUSED(false),
    /** The command id was used before, for a command with other content. */
    COMMAND_ID_REUSED(false),
    /** The command happened before the window in which its repeat could be recognised. */
    COMMAND_TOO_OLD(false),
    /** The command claims to have happened more than the tolerance after its record was written. */
    OCCURRED_IN_THE_FUTURE(false),
    /** The execution id of the order was used before, for a fill with other content. */
    EXECUTION_ID_REUSED(true),
    /** No account with this id was ever opened. */
    ACCOUNT_NOT_FOUND(false),
    /** The account was opened before. */
    ACCOUNT_ALREADY_EXISTS(true),
    /** A suspended account takes no new orders, amendments, withdrawals or outgoing transfers. */
    ACCOUNT_IS_SUSPENDED(true),
    /** A closed account takes nothing but ResumeAccount. */
    ACCOUNT_IS_CLOSED(true),
    /** No asset with this id is known. */
    ASSET_NOT_FOUND(false),
    /** No instrument with this id is known. */
    INSTRUMENT_NOT_FOUND(false),
    /** The instrument's market is none that the account has a permission for. */
    INSTRUMENT_NOT_PERMITTED(true),
    /** No order with this id is remembered. */
    ORDER_NOT_FOUND(true),
    /** The order is filled, cancelled, expired or was rejected. */
    ORDER_IS_CLOSED(true),
    /** Only LIMIT orders by quantity can be amended. */
    ORDER_CANNOT_BE_AMENDED(true),
    /** No suspended fill has this sequence. */
    SUSPENDED_FILL_NOT_FOUND(true),
    /** A transfer goes to the account that it comes from. */
    ACCOUNTS_MUST_DIFFER(true),
    /** The fields fit no order there is; a BUY by notional needs a quantity where the position is limited. */
    FIELDS_DO_NOT_FIT_ORDER(true),
    /** A deposit has an instrument without a cost, a cost without an instrument, or an asset that is not its base. */
    FIELDS_DO_NOT_FIT_DEPOSIT(true),
    /** A taker fee rate is negative or above the whole notional. */
    TAKER_FEE_RATE_OUT_OF_RANGE(true),
    /** An amount is zero or negative; for an adjustment and an allocation: zero. */
    AMOUNT_MUST_BE_POSITIVE(true),
    /** What a deposit has cost is negative. */
    COST_MUST_NOT_BE_NEGATIVE(true),
    /** A limit of a quota is negative. */
    LIMIT_MUST_NOT_BE_NEGATIVE(true),
    /** A quantity is zero or negative. */
    QUANTITY_MUST_BE_POSITIVE(true),
    /** A price is zero or negative. */
    PRICE_MUST_BE_POSITIVE(true),
    /** A notional is zero or negative. */
    NOTIONAL_MUST_BE_POSITIVE(true),
    /** The fill is so small that its notional, floored, is zero. */
    NOTIONAL_ROUNDS_TO_ZERO(true),
    /** The limit price is no multiple of the instrument's tick size. */
    PRICE_OFF_TICK(true),
    /** The quantity is no multiple of the instrument's lot size. */
    QUANTITY_OFF_LOT(true),
    /** The new quantity is less than what is filled already. */
    QUANTITY_BELOW_FILLED(true),
    /** The deadline is not after the account's time. */
    EXPIRY_MUST_BE_IN_THE_FUTURE(true),
    /** The deadline is more than 30 days after the order's placement. */
    EXPIRY_EXCEEDS_30_DAYS(true),
    /** The fill names an order that is not remembered. */
    UNKNOWN_ORDER(true),
    /** The fill names an order that was rejected. */
    ORDER_WAS_REJECTED(true),
    /** The bust repeats no execution that was settled with this strategy's money and not taken back before. */
    EXECUTION_NOT_SETTLED(true),
    /** The fill names another instrument or side than its order. */
    WRONG_INSTRUMENT_OR_SIDE(true),
    /** The fill's price is worse than every limit the order ever had. */
    WORSE_THAN_LIMIT(true),
    /** The fill exceeds the largest quantity, or the notional, the order ever had. */
    OVERFILL(true),
    /** A result does not fit in 64 bits. */
    AMOUNT_OVERFLOWS(true),
    /** What the order no longer holds is not available either. */
    INSUFFICIENT_FOR_LATE_FILL(true),
    /** What the execution brought is not available any more, so it cannot be taken back. */
    INSUFFICIENT_FOR_BUST(true),
    /** The fee exceeds what the order holds and what is available. */
    INSUFFICIENT_FOR_FEE(true),
    /** The order is worth more than the quota allows of one order. */
    EXCEEDS_ORDER_NOTIONAL(true),
    /** As many orders are open as an account can have, or its quota allows. */
    EXCEEDS_OPEN_ORDERS(true),
    /** As many orders were accepted on this day as the quota allows. */
    EXCEEDS_ORDERS_PER_DAY(true),
    /** With this order, those accepted on this day are worth more than the quota allows. */
    EXCEEDS_NOTIONAL_PER_DAY(true),
    /** The position could become larger than the quota allows. */
    EXCEEDS_POSITION_LIMIT(true),
    /** A reduce-only SELL and the other open SELLs could sell more than the position. */
    EXCEEDS_POSITION(true),
    /** A SELL lacks available units of the base asset. */
    INSUFFICIENT_POSITION(true),
    /** Less is available than required. */
    INSUFFICIENT_FUNDS(true),
    /** An account with open orders cannot be closed. */
    OPEN_ORDERS_MUST_BE_ZERO(true),
    /** An account with suspended fills cannot be closed. */
    SUSPENDED_FILLS_MUST_BE_ZERO(true),
    /** An account with transfers on their way cannot be closed. */
    TRANSFERS_MUST_BE_SETTLED(true),
    /** An account that owns something cannot be closed. */
    BALANCE_MUST_BE_ZERO(true);

    private static final Map<String, ReasonCode> BY_TEXT =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(ReasonCode::text, code -> code));

    private final boolean spendsId;
    private final String text;

    ReasonCode(boolean spendsId) {
        this.spendsId = spendsId;
        this.text = name().toLowerCase(Locale.ROOT);
    }

    /** As written to journal, replies and metrics. */
    public String text() {
        return text;
    }

    /**
     * Whether a command refused for this reason has used up its id: a repeat then gets the same answer. Reasons that
     * lie in what instances may learn at different moments, or in the id itself, do not; a repeat is decided afresh.
     */
    public boolean spendsId() {
        return spendsId;
    }

    /**
     * The code with this text.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static ReasonCode of(String text) {
        var code = BY_TEXT.get(text);
        if (code == null) {
            throw new IllegalArgumentException("there is no reason code " + text);
        }
        return code;
    }
}
