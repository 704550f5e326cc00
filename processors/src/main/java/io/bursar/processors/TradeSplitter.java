package io.bursar.processors;

import io.bursar.schemas.Fill;
import io.bursar.schemas.FillKind;
import io.bursar.schemas.Side;
import io.bursar.schemas.Trade;
import io.bursar.schemas.TradeParty;
import io.bursar.schemas.serde.MalformedRecordException;
import io.bursar.schemas.serde.RecordDecoder;
import io.bursar.schemas.serde.RecordEncoder;
import io.bursar.schemas.serde.SchemaRegistry;
import io.bursar.schemas.serde.UnknownSchemaException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes two fills of a trade, one for each side, in one transaction. Their order is the ledger's business. */
public final class TradeSplitter implements Processor<byte[], byte[], byte[], Object> {
    private static final Logger LOG = LoggerFactory.getLogger(TradeSplitter.class);

    private final InputTopics topics;
    private final RecordDecoder<Trade> trades;
    private final RecordEncoder<Fill> fills;
    private final LedgerMetrics metrics;
    private ProcessorContext<byte[], Object> context;

    /** One for each task. */
    public TradeSplitter(LedgerSettings settings, SchemaRegistry registry, LedgerMetrics metrics) {
        this.topics = settings.topics();
        this.metrics = metrics;
        // The consumer holds a record back until its schema is cached, or known not to be there.
        trades = new RecordDecoder<>(Trade.class, registry.cached());
        fills = new RecordEncoder<>(Fill.class, settings.fillSchemaId());
    }

    @Override
    public void init(ProcessorContext<byte[], Object> processorContext) {
        context = processorContext;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        var metadata = context.recordMetadata()
                .orElseThrow(() -> new IllegalStateException("a record of an input topic has metadata"));
        Trade trade;
        try {
            trade = read(record, metadata);
        } catch (BadRecordException e) {
            LOG.warn("{}-{}@{}: {}", metadata.topic(), metadata.partition(), metadata.offset(), e.getMessage());
            metrics.deadLetter();
            context.forward(DeadLetters.of(record, metadata, e.getMessage()), Nodes.TRADE_DEAD_LETTERS);
            return;
        }
        forward(record, leg(trade, trade.getBuyer(), Side.BUY));
        forward(record, leg(trade, trade.getSeller(), Side.SELL));
    }

    /** The fill of one side of a trade; its execution id is the trade's id and the side's initial. */
    public static Fill leg(Trade trade, TradeParty party, Side side) {
        return Fill.newBuilder()
                .setExecutionId(trade.getTradeId() + (side == Side.BUY ? ":B" : ":S"))
                .setAccountId(party.getAccountId())
                .setOrderId(party.getOrderId())
                .setInstrument(trade.getInstrument())
                .setSide(side)
                .setQuantity(trade.getQuantity())
                .setPrice(trade.getPrice())
                .setFee(party.getFee())
                .setFeeAsset(party.getFeeAsset())
                .setLiquidity(party.getLiquidity())
                .setFinal$(party.getFinal$())
                .setTradeId(trade.getTradeId())
                .setOccurredAt(trade.getOccurredAt())
                .setKind(FillKind.NEW)
                .build();
    }

    private Trade read(Record<byte[], byte[]> record, RecordMetadata metadata) throws BadRecordException {
        var instrument = RecordKeys.read(record.key(), "instrument id", metadata.partition(), topics.tradePartitions());
        if (record.value() == null) {
            throw new BadRecordException("the value is missing: a trade cannot be deleted");
        }
        Trade trade;
        try {
            trade = trades.decode(record.value());
        } catch (MalformedRecordException | UnknownSchemaException e) {
            throw new BadRecordException(e.getMessage(), e);
        }
        if (!instrument.equals(trade.getInstrument())) {
            throw new BadRecordException("instrument is '" + WellFormed.shortened(trade.getInstrument())
                    + "': it must equal the record's key '" + instrument + "'");
        }
        WellFormed.require(trade);
        return trade;
    }

    private void forward(Record<byte[], byte[]> record, Fill fill) {
        var key = fill.getAccountId().getBytes(StandardCharsets.UTF_8);
        Object value = fills.encode(fill);
        context.forward(new Record<>(key, value, record.timestamp(), Traces.of(record.headers())), Nodes.TRADE_FILLS);
    }
}
