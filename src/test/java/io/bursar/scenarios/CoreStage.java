package io.bursar.scenarios;

import io.bursar.cli.scenario.Message;
import io.bursar.cli.scenario.Scenario;
import io.bursar.cli.scenario.ScenarioReport.Difference;
import io.bursar.cli.scenario.Stage;
import io.bursar.ledger.Command;
import io.bursar.ledger.Decision;
import io.bursar.ledger.FoldedAccount;
import io.bursar.ledger.Ledger;
import io.bursar.ledger.LedgerRules;
import io.bursar.ledger.ReferenceData;
import io.bursar.ledger.Transfers;
import io.bursar.schemas.Asset;
import io.bursar.schemas.Fill;
import io.bursar.schemas.FillKind;
import io.bursar.schemas.Instrument;
import io.bursar.schemas.JournalEntry;
import io.bursar.schemas.Side;
import io.bursar.schemas.Trade;
import io.bursar.schemas.TradeParty;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The bare ledger, in memory. */
final class CoreStage implements Stage {
    @Override
    public String name() {
        return "core";
    }

    @Override
    public boolean setsTheClock() {
        return true;
    }

    @Override
    public Play begin(Scenario scenario) {
        return new CorePlay();
    }

    @Override
    public void close() {
        // Holds nothing but memory.
    }

    private static final class CorePlay implements Play, ReferenceData {
        private final Map<String, Asset> assets = new HashMap<>();
        private final Map<String, Instrument> instruments = new HashMap<>();
        private final Map<String, FoldedAccount> accounts = new LinkedHashMap<>();
        private final Ledger ledger = new Ledger(this, LedgerRules.DEFAULT);

        @Override
        public Asset asset(String id) {
            return assets.get(id);
        }

        @Override
        public Instrument instrument(String id) {
            return instruments.get(id);
        }

        @Override
        public void list(Asset asset) {
            assets.put(asset.getId(), asset);
        }

        @Override
        public void list(Instrument instrument) {
            instruments.put(instrument.getId(), instrument);
        }

        @Override
        public Observed send(Message message, Instant receivedAt) {
            return switch (message) {
                case Message.ToAccounts(var command) -> decide(Command.of(command, receivedAt, null));
                case Message.ToBalanceUpdates(var update) -> decide(Command.of(update, receivedAt, null));
                case Message.ToOrders(var command) -> decide(Command.of(command, receivedAt, null));
                case Message.ToFills(var fill) -> arrive(List.of(fill), receivedAt);
                case Message.ToTrades(var trade) -> arrive(split(trade), receivedAt);
            };
        }

        @Override
        public Observed notice(Instant now) {
            var entries = new ArrayList<JournalEntry>();
            for (var account : accounts.values()) {
                entries.addAll(apply(account, ledger.expire(account, now, Integer.MAX_VALUE)));
            }
            return new Observed(entries, Optional.empty());
        }

        @Override
        public List<Difference> audit() {
            return List.of();
        }

        @Override
        public void close() {
            // Holds nothing but memory.
        }

        private Observed decide(Command command) {
            var account = account(command.accountId());
            var decision = ledger.decide(account, command);
            var answer = decision.answer();
            var reason = answer.accepted() ? "" : answer.rejection().getReason();
            var told = new Told(answer.accepted(), reason, answer.sequence(), answer.repeated());
            var entries = new ArrayList<>(apply(account, decision));
            for (int i = 0; i < entries.size(); i++) {
                var message = Transfers.message(entries.get(i));
                if (message != null) {
                    var other = account(message.getAccountId());
                    var arrival = Command.of(message, command.receivedAt(), null);
                    entries.addAll(apply(other, ledger.decide(other, arrival)));
                }
            }
            return new Observed(entries, Optional.of(told));
        }

        private Observed arrive(List<Fill> fills, Instant receivedAt) {
            var entries = new ArrayList<JournalEntry>();
            for (var fill : fills) {
                var account = account(fill.getAccountId());
                entries.addAll(apply(account, ledger.decide(account, Command.of(fill, receivedAt, null))));
            }
            return new Observed(entries, Optional.empty());
        }

        private FoldedAccount account(String id) {
            return accounts.computeIfAbsent(id, FoldedAccount::new);
        }

        private static List<JournalEntry> apply(FoldedAccount account, Decision decision) {
            decision.entries().forEach(account::apply);
            return decision.entries();
        }

        private static List<Fill> split(Trade trade) {
            return List.of(leg(trade, trade.getBuyer(), Side.BUY), leg(trade, trade.getSeller(), Side.SELL));
        }

        private static Fill leg(Trade trade, TradeParty party, Side side) {
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
    }
}
