package io.bursar.connect.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.bursar.ledger.FoldedAccount;
import io.bursar.schemas.FillSettled;
import io.bursar.schemas.JournalEntry;
import io.bursar.schemas.LedgerAccount;
import io.bursar.schemas.Side;
import io.bursar.schemas.serde.RecordDecoder;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * What the tables have to hold after some records, by the ledger's own fold and without the code of the sink: a line for
 * each row, its values separated by bars.
 */
final class Expected {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, FoldedAccount> accounts = new TreeMap<>();
    private final Map<String, JournalEntry> last = new TreeMap<>();
    private final List<SinkRecord> records = new ArrayList<>();
    private final List<JournalEntry> entries = new ArrayList<>();

    /** Of records that each hold an entry. */
    static Expected of(Collection<SinkRecord> records) {
        var expected = new Expected();
        var decoder = new RecordDecoder<>(JournalEntry.class, any -> JournalEntry.getClassSchema());
        for (var record : records) {
            var entry = decoder.decode((byte[]) record.value());
            expected.records.add(record);
            expected.entries.add(entry);
            expected.accounts
                    .computeIfAbsent(entry.getAccountId(), FoldedAccount::new)
                    .apply(entry);
            expected.last.put(entry.getAccountId(), entry);
        }
        return expected;
    }

    List<JournalEntry> entries() {
        return entries;
    }

    /** Compares all tables of a schema. */
    void check(TestDatabase database, String schema) {
        var tables = new TablesOf(database, schema);
        tables.check(
                "accounts",
                "account_id, status, owner, name, cost_method, market_permissions, taker_fee_rate, account_time,"
                        + " last_sequence, last_hash",
                accounts());
        tables.check(
                "balances",
                "account_id, strategy, asset, scale, total_units, reserved_units, total, reserved, available",
                balances());
        tables.check(
                "positions",
                "account_id, strategy, instrument, base_asset, quote_asset, base_scale, quote_scale, price_scale,"
                        + " quantity_units, cost_basis_units, realized_pnl_units, uncovered_quantity_units, oldest_lot,"
                        + " next_lot, quantity, cost_basis, realized_pnl, uncovered_quantity",
                positions());
        tables.check("position_fees", "account_id, strategy, instrument, asset, scale, amount_units, amount", fees());
        tables.check("lots", "account_id, strategy, instrument, number, quantity_units, cost_units", lots());
        tables.check(
                "orders",
                "account_id, order_id, strategy, instrument, side, type, status, base_asset, quote_asset, base_scale,"
                        + " quote_scale, price_scale, quantity_units, limit_price_units, notional_units,"
                        + " filled_quantity_units, filled_notional_units, held_units, largest_quantity_units,"
                        + " loosest_limit_units, taker_fee_rate, suspended_fills, reduce_only, placed_at, expires_at,"
                        + " closed_at, content_hash, rejection ->> 'reason', decided_sequence, quantity, limit_price,"
                        + " notional, filled_quantity, filled_notional, held",
                orders());
        tables.check(
                "suspended_fills",
                "account_id, sequence, occurred_at, order_id, execution_id, kind, instrument, side, quantity_units,"
                        + " price_units, reason, fill ->> 'executionId'",
                suspendedFills());
        tables.check(
                "quotas",
                "account_id, strategy, max_open_orders, max_orders_per_day, max_notional_per_day -> 0 ->> 'amount',"
                        + " max_order_notional -> 0 ->> 'asset', max_position -> 0 ->> 'quantity'",
                quotas());
        tables.check(
                "transfers", "account_id, transfer_id, to_account_id, asset, scale, amount_units, amount", transfers());
        tables.check("strategies", "account_id, strategy", strategies());
        tables.check(
                "journal",
                "account_id, sequence, occurred_at, kind, command_id, source_topic, source_partition, source_offset,"
                        + " content_hash, previous_hash, hash, journal_partition, journal_offset",
                journal());
        tables.check(
                "postings",
                "account_id, occurred_at, sequence, number, ledger_account, strategy, asset, scale, amount_units,"
                        + " amount",
                postings());
        tables.check(
                "trades",
                "account_id, occurred_at, sequence, strategy, order_id, execution_id, kind, instrument, side, liquidity,"
                        + " quantity_units, price_units, notional_units, fee_units, realized_pnl_units, late,"
                        + " suspended_sequence, venue, trade_id, fee_asset, quantity, price, notional, fee",
                trades());
        checkBodies(database, schema);
        checkSums(database, schema);
    }

    private record TablesOf(TestDatabase database, String schema) {
        void check(String table, String columns, List<String> expected) {
            var found = database.rows("SELECT " + columns + " FROM " + schema + "." + table).stream()
                    .map(row -> line(row.values().toArray()))
                    .sorted()
                    .toList();
            assertThat(found).as(table).isEqualTo(expected.stream().sorted().toList());
        }
    }

    private List<String> accounts() {
        return accounts.values().stream()
                .map(rows -> {
                    var account = rows.account();
                    return line(
                            account.getAccountId(),
                            account.getStatus(),
                            account.getOwner(),
                            account.getName(),
                            account.getCostMethod(),
                            account.getMarketPermissions(),
                            account.getTakerFeeRate(),
                            account.getAccountTime(),
                            account.getSequence(),
                            last.get(account.getAccountId()).getHash());
                })
                .toList();
    }

    private List<String> balances() {
        return of(rows -> rows.account().getBalances().stream()
                .map(balance -> line(
                        rows.account().getAccountId(),
                        balance.getStrategy(),
                        balance.getAsset(),
                        balance.getScale(),
                        balance.getTotal(),
                        balance.getReserved(),
                        whole(balance.getTotal(), balance.getScale()),
                        whole(balance.getReserved(), balance.getScale()),
                        whole(balance.getTotal() - balance.getReserved(), balance.getScale())))
                .toList());
    }

    private List<String> positions() {
        return of(rows -> rows.account().getPositions().stream()
                .map(position -> {
                    var terms = position.getTerms();
                    return line(
                            rows.account().getAccountId(),
                            position.getStrategy(),
                            position.getInstrument(),
                            terms.getBaseAsset(),
                            terms.getQuoteAsset(),
                            terms.getBaseScale(),
                            terms.getQuoteScale(),
                            terms.getPriceScale(),
                            position.getQuantity(),
                            position.getCostBasis(),
                            position.getRealizedPnl(),
                            position.getUncoveredQuantity(),
                            position.getOldestLot(),
                            position.getNextLot(),
                            whole(position.getQuantity(), terms.getBaseScale()),
                            whole(position.getCostBasis(), terms.getQuoteScale()),
                            whole(position.getRealizedPnl(), terms.getQuoteScale()),
                            whole(position.getUncoveredQuantity(), terms.getBaseScale()));
                })
                .toList());
    }

    private List<String> fees() {
        return of(rows -> rows.account().getPositions().stream()
                .flatMap(position -> position.getFeesPaid().stream()
                        .map(fees -> line(
                                rows.account().getAccountId(),
                                position.getStrategy(),
                                position.getInstrument(),
                                fees.getAsset(),
                                fees.getScale(),
                                fees.getAmount(),
                                whole(fees.getAmount(), fees.getScale()))))
                .toList());
    }

    private List<String> lots() {
        return of(rows -> rows.lots().stream()
                .map(lot -> line(
                        rows.account().getAccountId(),
                        lot.getStrategy(),
                        lot.getInstrument(),
                        lot.getNumber(),
                        lot.getQuantity(),
                        lot.getCost()))
                .toList());
    }

    private List<String> orders() {
        return of(rows -> rows.orders().stream()
                .map(order -> {
                    var terms = order.getTerms();
                    Integer baseScale = terms == null ? null : (Integer) terms.getBaseScale();
                    Integer quoteScale = terms == null ? null : (Integer) terms.getQuoteScale();
                    Integer priceScale = terms == null ? null : (Integer) terms.getPriceScale();
                    return line(
                            rows.account().getAccountId(),
                            order.getOrderId(),
                            order.getStrategy(),
                            order.getInstrument(),
                            order.getSide(),
                            order.getType(),
                            order.getStatus(),
                            terms == null ? null : terms.getBaseAsset(),
                            terms == null ? null : terms.getQuoteAsset(),
                            baseScale,
                            quoteScale,
                            priceScale,
                            order.getQuantity(),
                            order.getLimitPrice(),
                            order.getNotional(),
                            order.getFilledQuantity(),
                            order.getFilledNotional(),
                            order.getHeld(),
                            order.getLargestQuantity(),
                            order.getLoosestLimit(),
                            order.getTakerFeeRate(),
                            order.getSuspendedFills(),
                            order.getReduceOnly(),
                            order.getPlacedAt(),
                            order.getExpiresAt(),
                            order.getClosedAt(),
                            order.getContentHash(),
                            order.getRejection() == null
                                    ? null
                                    : order.getRejection().getReason(),
                            order.getDecidedSequence(),
                            whole(order.getQuantity(), baseScale),
                            whole(order.getLimitPrice(), priceScale),
                            whole(order.getNotional(), quoteScale),
                            whole(order.getFilledQuantity(), baseScale),
                            whole(order.getFilledNotional(), quoteScale),
                            whole(order.getHeld(), order.getSide() == Side.BUY ? quoteScale : baseScale));
                })
                .toList());
    }

    private List<String> suspendedFills() {
        return of(rows -> rows.suspendedFills().stream()
                .map(suspended -> {
                    var fill = suspended.getFill();
                    return line(
                            rows.account().getAccountId(),
                            suspended.getSequence(),
                            suspended.getOccurredAt(),
                            fill.getOrderId(),
                            fill.getExecutionId(),
                            fill.getKind(),
                            fill.getInstrument(),
                            fill.getSide(),
                            fill.getQuantity(),
                            fill.getPrice(),
                            suspended.getRejection().getReason(),
                            fill.getExecutionId());
                })
                .toList());
    }

    private List<String> quotas() {
        return of(rows -> rows.quotas().stream()
                .map(row -> {
                    var quota = row.getQuota();
                    return line(
                            rows.account().getAccountId(),
                            row.getStrategy(),
                            quota.getMaxOpenOrders(),
                            quota.getMaxOrdersPerDay(),
                            first(quota.getMaxNotionalPerDay(), limit -> limit.getAmount()),
                            first(quota.getMaxOrderNotional(), limit -> limit.getAsset()),
                            first(quota.getMaxPosition(), limit -> limit.getQuantity()));
                })
                .toList());
    }

    private List<String> transfers() {
        return of(rows -> rows.transfers().stream()
                .map(transfer -> line(
                        rows.account().getAccountId(),
                        transfer.getTransferId(),
                        transfer.getToAccountId(),
                        transfer.getAsset(),
                        transfer.getScale(),
                        transfer.getAmount(),
                        whole(transfer.getAmount(), transfer.getScale())))
                .toList());
    }

    private List<String> strategies() {
        return of(rows -> {
            var named = new TreeSet<String>();
            rows.account().getBalances().forEach(balance -> named.add(balance.getStrategy()));
            rows.account().getPositions().forEach(position -> named.add(position.getStrategy()));
            rows.orders().forEach(order -> named.add(order.getStrategy()));
            rows.quotas().forEach(quota -> named.add(quota.getStrategy()));
            named.remove("");
            return named.stream()
                    .map(strategy -> line(rows.account().getAccountId(), strategy))
                    .toList();
        });
    }

    private List<String> journal() {
        var lines = new ArrayList<String>();
        for (int i = 0; i < entries.size(); i++) {
            var entry = entries.get(i);
            var source = entry.getSource();
            lines.add(line(
                    entry.getAccountId(),
                    entry.getSequence(),
                    entry.getOccurredAt(),
                    entry.getBody().getClass().getSimpleName(),
                    entry.getCommandId(),
                    source == null ? null : source.getTopic(),
                    source == null ? null : source.getPartition(),
                    source == null ? null : source.getOffset(),
                    entry.getContentHash(),
                    entry.getPreviousHash(),
                    entry.getHash(),
                    records.get(i).kafkaPartition(),
                    records.get(i).kafkaOffset()));
        }
        return lines;
    }

    private List<String> postings() {
        var lines = new ArrayList<String>();
        for (var entry : entries) {
            int number = 1;
            for (var posting : entry.getPostings()) {
                lines.add(line(
                        entry.getAccountId(),
                        entry.getOccurredAt(),
                        entry.getSequence(),
                        number,
                        posting.getLedgerAccount(),
                        posting.getStrategy(),
                        posting.getAsset(),
                        posting.getScale(),
                        posting.getAmount(),
                        whole(posting.getAmount(), posting.getScale())));
                number++;
            }
        }
        return lines;
    }

    private List<String> trades() {
        return entries.stream()
                .filter(entry -> entry.getBody() instanceof FillSettled)
                .map(Expected::trade)
                .toList();
    }

    private static String trade(JournalEntry entry) {
        var settled = (FillSettled) entry.getBody();
        var fill = settled.getFill();
        var terms = entry.getPosition().getTerms();
        var feeScale = entry.getPostings().stream()
                .filter(posting -> posting.getLedgerAccount() == LedgerAccount.FEES)
                .map(posting -> posting.getScale())
                .findFirst()
                .orElse(0);
        return line(
                entry.getAccountId(),
                entry.getOccurredAt(),
                entry.getSequence(),
                entry.getPosition().getStrategy(),
                fill.getOrderId(),
                fill.getExecutionId(),
                fill.getKind(),
                fill.getInstrument(),
                fill.getSide(),
                fill.getLiquidity(),
                fill.getQuantity(),
                fill.getPrice(),
                settled.getNotional(),
                fill.getFee(),
                settled.getRealizedPnl(),
                settled.getLate(),
                settled.getSuspendedSequence(),
                fill.getVenue(),
                fill.getTradeId(),
                fill.getFeeAsset() == null ? terms.getQuoteAsset() : fill.getFeeAsset(),
                whole(fill.getQuantity(), terms.getBaseScale()),
                whole(fill.getPrice(), terms.getPriceScale()),
                whole(settled.getNotional(), terms.getQuoteScale()),
                whole(fill.getFee(), feeScale));
    }

    /** By the generic access to Avro's records, not by the one that the sink uses. */
    private void checkBodies(TestDatabase database, String schema) {
        var bodies =
                database
                        .rows("SELECT body FROM " + schema + ".journal ORDER BY journal_partition, journal_offset")
                        .stream()
                        .map(row -> parsed(row.get("body").toString()))
                        .toList();
        var expected = new TreeMap<List<Long>, JsonNode>((a, b) -> Arrays.compare(
                a.stream().mapToLong(Long::longValue).toArray(),
                b.stream().mapToLong(Long::longValue).toArray()));
        for (int i = 0; i < entries.size(); i++) {
            var place = List.of(
                    (long) records.get(i).kafkaPartition(), records.get(i).kafkaOffset());
            var text = json(entries.get(i).getBody()).toString();
            expected.put(place, parsed(text.replace("\\u0000", "\uFFFD")));
        }
        assertThat(bodies).isEqualTo(List.copyOf(expected.values()));
    }

    private static JsonNode parsed(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError(json, e);
        }
    }

    private static JsonNode json(Object value) {
        var nodes = JsonNodeFactory.instance;
        return switch (value) {
            case SpecificRecord record -> {
                var object = nodes.objectNode();
                for (var field : record.getSchema().getFields()) {
                    var content = record.get(field.pos());
                    if (content == null) {
                        continue;
                    }
                    boolean isTagged = record.getSchema().getName().equals("CommandRejected")
                            && field.name().equals("command");
                    object.set(
                            field.name(),
                            isTagged
                                    ? nodes.objectNode().set(content.getClass().getSimpleName(), json(content))
                                    : json(content));
                }
                yield object;
            }
            case List<?> items -> {
                var array = nodes.arrayNode();
                items.forEach(item -> array.add(json(item)));
                yield array;
            }
            case Long number -> nodes.numberNode(number);
            case Integer number -> nodes.numberNode(number);
            case Boolean flag -> nodes.booleanNode(flag);
            default -> nodes.textNode(text(value));
        };
    }

    private static void checkSums(TestDatabase database, String schema) {
        assertThat(database.rows("SELECT * FROM " + schema + ".trial_balance WHERE sum_units <> 0 OR sum <> 0"))
                .isEmpty();
        assertThat(database.rows("SELECT * FROM (SELECT *, sum(amount_units) OVER (PARTITION BY account_id, strategy,"
                        + " asset, ledger_account ORDER BY sequence, number) AS summed FROM " + schema
                        + ".account_statement) s WHERE running_total_units IS DISTINCT FROM summed"))
                .as("running totals that are not the sum of the postings before")
                .isEmpty();
    }

    private List<String> of(Function<FoldedAccount, List<String>> lines) {
        return accounts.values().stream()
                .flatMap(rows -> lines.apply(rows).stream())
                .toList();
    }

    private static <T> Object first(List<T> items, Function<T, Object> value) {
        return items.isEmpty() ? null : value.apply(items.getFirst());
    }

    private static String whole(Long units, Integer scale) {
        return units == null || scale == null
                ? null
                : BigDecimal.valueOf(units, scale).toPlainString();
    }

    private static String line(Object... values) {
        return Arrays.stream(values).map(Expected::text).collect(Collectors.joining("|"));
    }

    private static String text(Object value) {
        return switch (value) {
            case null -> "-";
            case GenericFixed fixed -> HexFormat.of().formatHex(fixed.bytes());
            case byte[] bytes -> HexFormat.of().formatHex(bytes);
            case Timestamp time -> time.toInstant().toString();
            case Instant time -> time.toString();
            case BigDecimal number -> number.toPlainString();
            case java.sql.Array array -> list(array);
            default -> Objects.toString(value);
        };
    }

    private static String list(java.sql.Array array) {
        try {
            return List.of((Object[]) array.getArray()).toString();
        } catch (java.sql.SQLException e) {
            throw new AssertionError(e);
        }
    }
}
