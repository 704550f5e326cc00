package io.bursar.schemas;

import io.bursar.schemas.serde.AvroSafety;
import java.time.Instant;
import java.util.List;

/** Plausible records for the tests of this module. */
public final class Samples {
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00.123456Z");

    static {
        AvroSafety.apply();
    }

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
}
