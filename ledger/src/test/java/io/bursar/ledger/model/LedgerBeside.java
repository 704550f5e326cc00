package io.bursar.ledger.model;

import io.bursar.ledger.AccountInMemory;
import io.bursar.ledger.Command;
import io.bursar.ledger.Decision;
import io.bursar.ledger.Ledger;
import io.bursar.ledger.LedgerRules;
import io.bursar.ledger.ReferenceData;
import io.bursar.schemas.AccountCommand;
import io.bursar.schemas.Adjust;
import io.bursar.schemas.AllocateFunds;
import io.bursar.schemas.Asset;
import io.bursar.schemas.BalanceUpdate;
import io.bursar.schemas.CloseAccount;
import io.bursar.schemas.CommandRejected;
import io.bursar.schemas.Deposit;
import io.bursar.schemas.Fill;
import io.bursar.schemas.FillDiscarded;
import io.bursar.schemas.FillSettled;
import io.bursar.schemas.FillSuspended;
import io.bursar.schemas.Instrument;
import io.bursar.schemas.JournalEntry;
import io.bursar.schemas.LedgerAccount;
import io.bursar.schemas.OpenAccount;
import io.bursar.schemas.OrderAccepted;
import io.bursar.schemas.OrderAmended;
import io.bursar.schemas.OrderCancelled;
import io.bursar.schemas.OrderCommand;
import io.bursar.schemas.OrderExpired;
import io.bursar.schemas.OrderExtended;
import io.bursar.schemas.OrderRejected;
import io.bursar.schemas.Rejection;
import io.bursar.schemas.ResumeAccount;
import io.bursar.schemas.SetLimits;
import io.bursar.schemas.SetQuota;
import io.bursar.schemas.SuspendAccount;
import io.bursar.schemas.Transfer;
import io.bursar.schemas.TransferArrival;
import io.bursar.schemas.TransferMessage;
import io.bursar.schemas.TransferOutcome;
import io.bursar.schemas.TransferRefused;
import io.bursar.schemas.UpdateAccount;
import io.bursar.schemas.Withdraw;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The real ledger, asked the same as the model, its answers put into the model's words. */
final class LedgerBeside {
    private final Ledger ledger;
    private final Map<String, AccountInMemory> accounts = new TreeMap<>();
    private final Map<String, Map<ModelAccount.Key, BigInteger>> books = new TreeMap<>();

    LedgerBeside(ModelReference reference, int mostOpenOrders) {
        var usual = LedgerRules.DEFAULT;
        var rules = new LedgerRules(
                usual.orderMemory(),
                usual.commandMemory(),
                usual.futureTolerance(),
                usual.earlyFillTolerance(),
                usual.defaultExpiry(),
                usual.longestExpiry(),
                mostOpenOrders);
        this.ledger = new Ledger(new Listed(reference), rules);
    }

    private record Listed(ModelReference reference) implements ReferenceData {
        @Override
        public Asset asset(String id) {
            return reference.assets.get(id);
        }

        @Override
        public Instrument instrument(String id) {
            return reference.instruments.get(id);
        }
    }

    AccountInMemory account(String id) {
        return accounts.computeIfAbsent(id, AccountInMemory::new);
    }

    /** What an account's entries have posted to the ledger accounts outside of it. */
    Map<ModelAccount.Key, BigInteger> books(String accountId) {
        return books.computeIfAbsent(accountId, any -> new TreeMap<>());
    }

    Outcome decide(Request request) {
        var account = account(request.accountId());
        var decision = ledger.decide(account, command(request));
        var entries = write(account, decision);
        var answer = decision.answer();
        if (answer == null) {
            return new Outcome(refusalOfArrival(decision), false, null, entries);
        }
        boolean isAnswered = request.commandId() != null;
        return new Outcome(
                refusal(answer.rejection()), answer.repeated(), isAnswered ? (Long) answer.sequence() : null, entries);
    }

    /** Nobody is answered when money arrives; but it goes back where it is refused. */
    private static Refusal refusalOfArrival(Decision decision) {
        return decision.entries().getLast().getBody() instanceof TransferRefused refused
                ? refusal(refused.getRejection())
                : null;
    }

    List<String> expire(String accountId, Instant now, int atMost) {
        var account = account(accountId);
        return write(account, ledger.expire(account, now, atMost));
    }

    private List<String> write(AccountInMemory account, Decision decision) {
        account.write(decision);
        var posted = books(account.account().getAccountId());
        for (var entry : decision.entries()) {
            for (var posting : entry.getPostings()) {
                var book = posting.getLedgerAccount();
                if (book != LedgerAccount.AVAILABLE && book != LedgerAccount.RESERVED) {
                    var key = new ModelAccount.Key(book.name(), posting.getAsset());
                    posted.merge(key, Amounts.of(posting.getAmount()), BigInteger::add);
                }
            }
        }
        return decision.entries().stream().map(LedgerBeside::words).toList();
    }

    private static Command command(Request request) {
        var id = request.commandId();
        var account = request.accountId();
        var at = request.occurredAt();
        var received = request.receivedAt();
        return switch (request.body()) {
            case Fill fill -> Command.of(fill, received, null);
            case OpenAccount body -> Command.of(new AccountCommand(id, account, at, body), received, null);
            case UpdateAccount body -> Command.of(new AccountCommand(id, account, at, body), received, null);
            case SuspendAccount body -> Command.of(new AccountCommand(id, account, at, body), received, null);
            case ResumeAccount body -> Command.of(new AccountCommand(id, account, at, body), received, null);
            case CloseAccount body -> Command.of(new AccountCommand(id, account, at, body), received, null);
            case SetLimits body -> Command.of(new AccountCommand(id, account, at, body), received, null);
            case SetQuota body -> Command.of(new AccountCommand(id, account, at, body), received, null);
            case AllocateFunds body -> Command.of(new AccountCommand(id, account, at, body), received, null);
            case Deposit body -> Command.of(new BalanceUpdate(id, account, at, body), received, null);
            case Withdraw body -> Command.of(new BalanceUpdate(id, account, at, body), received, null);
            case Adjust body -> Command.of(new BalanceUpdate(id, account, at, body), received, null);
            case Transfer body -> Command.of(new BalanceUpdate(id, account, at, body), received, null);
            case TransferArrival body -> Command.of(new TransferMessage(account, at, body), received, null);
            case TransferOutcome body -> Command.of(new TransferMessage(account, at, body), received, null);
            default -> Command.of(new OrderCommand(id, account, at, request.body()), received, null);
        };
    }

    static Refusal refusal(Rejection rejection) {
        return rejection == null
                ? null
                : new Refusal(
                        rejection.getReason(),
                        rejection.getAsset(),
                        rejection.getStrategy(),
                        Amounts.ofNullable(rejection.getRequired()),
                        Amounts.ofNullable(rejection.getAvailable()),
                        Amounts.ofNullable(rejection.getLimit()),
                        Amounts.ofNullable(rejection.getValue()));
    }

    private static String words(JournalEntry entry) {
        var kind = entry.getSequence() + " " + entry.getBody().getClass().getSimpleName();
        return kind
                + switch (entry.getBody()) {
                    case OrderAccepted body -> " " + body.getPlace().getOrderId();
                    case OrderRejected body ->
                        " " + body.getPlace().getOrderId() + " "
                                + refusal(body.getRejection()).words();
                    case OrderAmended body -> " " + body.getAmend().getOrderId();
                    case OrderExtended body -> " " + body.getExtend().getOrderId();
                    case OrderCancelled body -> " " + body.getCancel().getOrderId();
                    case OrderExpired body -> " " + body.getOrderId();
                    case FillSettled body ->
                        words(body.getFill()) + " notional " + body.getNotional() + " realized " + body.getRealizedPnl()
                                + (body.getLate() ? " late" : "");
                    case FillSuspended body ->
                        words(body.getFill()) + " "
                                + refusal(body.getRejection()).words();
                    case FillDiscarded body -> words(body.getFill());
                    case TransferRefused body ->
                        " " + refusal(body.getRejection()).words();
                    case CommandRejected body ->
                        " " + refusal(body.getRejection()).words();
                    default -> "";
                };
    }

    private static String words(Fill fill) {
        return " " + fill.getOrderId() + " " + fill.getExecutionId();
    }
}
