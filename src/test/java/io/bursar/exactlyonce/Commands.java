package io.bursar.exactlyonce;

import io.bursar.ledger.Command;
import io.bursar.ledger.ReferenceData;
import io.bursar.schemas.AccountCommand;
import io.bursar.schemas.BalanceUpdate;
import io.bursar.schemas.Fill;
import io.bursar.schemas.FillKind;
import io.bursar.schemas.FundsTransferred;
import io.bursar.schemas.JournalEntry;
import io.bursar.schemas.OrderCommand;
import io.bursar.schemas.PlaceOrder;
import io.bursar.schemas.Side;
import io.bursar.schemas.Source;
import io.bursar.schemas.Trade;
import io.bursar.schemas.TradeParty;
import io.bursar.schemas.TransferArrival;
import io.bursar.schemas.TransferMessage;
import io.bursar.schemas.TransferOutcome;
import io.bursar.schemas.TransferReceived;
import io.bursar.schemas.TransferRefused;
import io.bursar.stack.Message;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/**
 * The distinct commands that were sent, by what they are decided under; a trade is two of them, one fill each. What the
 * ledger tells itself of transfers follows from its journal.
 */
final class Commands {
    private final Map<DecisionKey, SpecificRecord> byKey = new LinkedHashMap<>();

    static Commands of(Collection<Message> messages) {
        var commands = new Commands();
        messages.forEach(message -> commands.add(message.value()));
        return commands;
    }

    /** Adds what one account has to tell the other because of the entry, as the rules say; of most entries nothing. */
    void addMessageOf(JournalEntry entry, ReferenceData reference) {
        switch (entry.getBody()) {
            case FundsTransferred body -> {
                var transfer = body.getTransfer();
                int scale = reference.asset(transfer.getAsset()).getScale();
                var arrival = new TransferArrival(
                        entry.getAccountId(), entry.getCommandId(), transfer.getAsset(), scale, transfer.getAmount());
                add(new TransferMessage(transfer.getToAccountId(), entry.getOccurredAt(), arrival));
            }
            case TransferReceived body -> add(outcome(entry, body.getArrival(), null));
            case TransferRefused body ->
                add(outcome(entry, body.getArrival(), body.getRejection().getReason()));
            default -> {
                // Concerns one account.
            }
        }
    }

    Map<DecisionKey, SpecificRecord> byKey() {
        return Collections.unmodifiableMap(byKey);
    }

    /** The command that the entry decides. */
    SpecificRecord of(JournalEntry decision) {
        return byKey.get(DecisionKey.of(decision).orElseThrow());
    }

    /** The message as the ledger takes it. */
    Command command(DecisionKey key, Instant receivedAt, Source source) {
        var command = byKey.get(key);
        if (command == null) {
            throw new AssertionError("nobody sent " + key);
        }
        return command(command, receivedAt, source);
    }

    /** The same of any command that is not a trade. */
    static Command command(SpecificRecord message, Instant receivedAt, Source source) {
        return switch (message) {
            case AccountCommand command -> Command.of(command, receivedAt, source);
            case BalanceUpdate update -> Command.of(update, receivedAt, source);
            case OrderCommand command -> Command.of(command, receivedAt, source);
            case Fill fill -> Command.of(fill, receivedAt, source);
            case TransferMessage transfer -> Command.of(transfer, receivedAt, source);
            default -> throw new IllegalStateException("no command: " + message);
        };
    }

    private void add(SpecificRecord value) {
        switch (value) {
            case AccountCommand command ->
                put(DecisionKey.ofCommand(command.getAccountId(), command.getCommandId()), command);
            case BalanceUpdate update ->
                put(DecisionKey.ofCommand(update.getAccountId(), update.getCommandId()), update);
            case OrderCommand command -> put(key(command), command);
            case Fill fill -> put(DecisionKey.ofFill(fill), fill);
            case TransferMessage message -> put(key(message), message);
            case Trade trade -> legs(trade).forEach(fill -> put(DecisionKey.ofFill(fill), fill));
            default -> throw new IllegalStateException("no command: " + value);
        }
    }

    private static DecisionKey key(OrderCommand command) {
        return command.getBody() instanceof PlaceOrder place
                ? DecisionKey.ofOrder(command.getAccountId(), place.getOrderId())
                : DecisionKey.ofCommand(command.getAccountId(), command.getCommandId());
    }

    private static DecisionKey key(TransferMessage message) {
        return message.getBody() instanceof TransferArrival arrival
                ? DecisionKey.ofArrival(message.getAccountId(), arrival)
                : DecisionKey.ofOutcome(message.getAccountId(), (TransferOutcome) message.getBody());
    }

    private static TransferMessage outcome(JournalEntry entry, TransferArrival arrival, String reason) {
        return new TransferMessage(
                arrival.getFromAccountId(),
                entry.getOccurredAt(),
                new TransferOutcome(entry.getAccountId(), arrival.getTransferId(), reason));
    }

    private static List<Fill> legs(Trade trade) {
        return List.of(leg(trade, trade.getBuyer(), Side.BUY, ":B"), leg(trade, trade.getSeller(), Side.SELL, ":S"));
    }

    /** As the contracts say, not as the splitter does it. */
    private static Fill leg(Trade trade, TradeParty party, Side side, String suffix) {
        return new Fill(
                trade.getTradeId() + suffix,
                party.getAccountId(),
                party.getOrderId(),
                trade.getInstrument(),
                side,
                trade.getQuantity(),
                trade.getPrice(),
                party.getFee(),
                party.getFeeAsset(),
                party.getLiquidity(),
                party.getFinal$(),
                null,
                trade.getTradeId(),
                trade.getOccurredAt(),
                FillKind.NEW);
    }

    private void put(DecisionKey key, SpecificRecord command) {
        var other = byKey.putIfAbsent(key, command);
        if (other != null && !other.equals(command)) {
            throw new IllegalStateException(key + " was sent with two contents");
        }
    }
}
