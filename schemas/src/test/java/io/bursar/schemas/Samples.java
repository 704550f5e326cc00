package io.bursar.schemas;

import io.bursar.schemas.state.AccountState;
import io.bursar.schemas.state.AccountStatus;
import io.bursar.schemas.state.CommandRecord;
import io.bursar.schemas.state.Execution;
import io.bursar.schemas.state.ExecutionOutcome;
import java.time.Instant;
import java.util.List;

/** Plausible records for the tests of this module. */
public final class Samples {
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00.123456Z");

    private Samples() {}

    public static Fill fill() {
        return Fill.newBuilder()
                .setExecutionId("binance-7781200345")
                .setAccountId("desk-7.carry")
                .setOrderId("ord-2026-0302-000417")
                .setInstrument("BTC-USDT")
                .setSide(Side.BUY)
                .setQuantity(25_000_000)
                .setPrice(6_412_345)
                .setFee(1_603)
                .setLiquidity(Liquidity.TAKER)
                .setVenue("binance")
                .setOccurredAt(NOON)
                .build();
    }

    public static OrderCommand order() {
        return OrderCommand.newBuilder()
                .setCommandId("cmd-000417")
                .setAccountId("desk-7.carry")
                .setOccurredAt(NOON)
                .setBody(PlaceOrder.newBuilder()
                        .setOrderId("ord-2026-0302-000417")
                        .setInstrument("BTC-USDT")
                        .setSide(Side.BUY)
                        .setType(OrderType.LIMIT)
                        .setQuantity(50_000_000L)
                        .setLimitPrice(6_412_500L)
                        .setExpiresAt(NOON.plusSeconds(3600))
                        .build())
                .build();
    }

    /** The settlement of {@link #fill}, with both hashes zero. */
    public static JournalEntry entry() {
        return JournalEntry.newBuilder()
                .setAccountId("desk-7.carry")
                .setSequence(42)
                .setOccurredAt(NOON)
                .setSource(new Source("bursar.fills", 3, 1_234_567L))
                .setContentHash(new Hash(new byte[32]))
                .setBody(FillSettled.newBuilder()
                        .setFill(fill())
                        .setNotional(1_603_086L)
                        .build())
                .setPostings(List.of(
                        new Posting(LedgerAccount.RESERVED, "", "USDT", 2, -1_604_689L),
                        new Posting(LedgerAccount.CLEARING, "", "USDT", 2, 1_603_086L),
                        new Posting(LedgerAccount.FEES, "", "USDT", 2, 1_603L)))
                .setBalances(List.of(new Balance("", "USDT", 2, 9_000_000L, 1_602_000L)))
                .setPreviousHash(new Hash(new byte[32]))
                .setHash(new Hash(new byte[32]))
                .build();
    }

    public static Reply reply() {
        return new Reply("cmd-000417", "desk-7.carry", true, null, null, 42L, false, null, List.of());
    }

    /** What {@link #order} placed, partly filled. */
    public static Order openOrder() {
        return Order.newBuilder()
                .setOrderId("ord-2026-0302-000417")
                .setStrategy("carry")
                .setInstrument("BTC-USDT")
                .setTerms(terms())
                .setSide(Side.BUY)
                .setType(OrderType.LIMIT)
                .setQuantity(50_000_000L)
                .setLimitPrice(6_412_500L)
                .setTakerFeeRate(1_000)
                .setPlacedAt(NOON)
                .setExpiresAt(NOON.plusSeconds(3600))
                .setStatus(OrderStatus.PARTIALLY_FILLED)
                .setFilledQuantity(25_000_000L)
                .setFilledNotional(1_603_086L)
                .setHeld(1_604_700L)
                .setLargestQuantity(50_000_000L)
                .setLoosestLimit(6_412_500L)
                .setDecidedSequence(41L)
                .setContentHash(new Hash(new byte[32]))
                .build();
    }

    /** Two balances, one position. */
    public static AccountState accountState() {
        return AccountState.newBuilder()
                .setAccountId("desk-7.carry")
                .setStatus(AccountStatus.OPEN)
                .setOwner("desk-7")
                .setName("Carry book")
                .setTakerFeeRate(1_000)
                .setAccountTime(NOON)
                .setOpenOrders(3)
                .setSuspendedFills(0)
                .setBalances(List.of(
                        new Balance("carry", "USDT", 2, 9_000_000L, 1_602_000L),
                        new Balance("carry", "BTC", 8, 25_000_000L, 0L)))
                .setPositions(List.of(new Position(
                        "carry",
                        "BTC-USDT",
                        terms(),
                        25_000_000L,
                        1_603_086L,
                        0L,
                        0L,
                        List.of(new FeesPaid("USDT", 2, 1_603L)),
                        0L,
                        0L)))
                .setSequence(42L)
                .setLastHash(new Hash(new byte[32]))
                .setCostMethod(CostMethod.AVERAGE)
                .setMarketPermissions(List.of())
                .setQuotas(0)
                .setTransfersOnTheirWay(0)
                .setInTransit(List.of())
                .build();
    }

    public static CommandRecord commandRecord() {
        return new CommandRecord("cmd-000417", new Hash(new byte[32]), NOON, 42L, null);
    }

    public static Execution execution() {
        return new Execution(
                "ord-2026-0302-000417",
                "binance-7781200345",
                List.of(new Hash(new byte[32])),
                NOON,
                ExecutionOutcome.SETTLED,
                0L,
                0L,
                NOON);
    }

    private static InstrumentTerms terms() {
        return new InstrumentTerms("BTC", "USDT", 8, 2, 2);
    }
}
