package io.bursar.cli.demo.lobster;

import io.bursar.cli.clients.CommandException;
import io.bursar.cli.demo.flow.Ids;
import io.bursar.cli.demo.flow.Message;
import io.bursar.cli.demo.flow.Messages;
import io.bursar.cli.demo.flow.Money;
import io.bursar.cli.demo.flow.OrderFlow;
import io.bursar.cli.progress.Text;
import io.bursar.schemas.Asset;
import io.bursar.schemas.CostMethod;
import io.bursar.schemas.Instrument;
import io.bursar.schemas.OpenAccount;
import io.bursar.schemas.OrderCommand;
import io.bursar.schemas.PlaceOrder;
import io.bursar.schemas.Side;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The order flow of a file: each order belongs to an account chosen by its id, each account is given exactly what its
 * orders need, and the file's times are moved so that it ends now.
 */
public final class LobsterFlow implements OrderFlow {
    private static final String PENNILESS = "lobster-penniless";
    private static final Asset USD = new Asset("USD", 2);

    /** Prices of the format are in 1/10,000 dollars. */
    private static final int PRICE_SCALE = 4;

    private static final Money MONEY = new Money(PRICE_SCALE - USD.getScale());

    /** Accounts are opened and funded before the first message. */
    private static final Duration EARLIER = Duration.ofSeconds(1);

    private record Needs(long dollars, long shares) {
        Needs plus(Needs other) {
            return new Needs(Math.addExact(dollars, other.dollars), Math.addExact(shares, other.shares));
        }
    }

    private final LobsterFile file;
    private final int accounts;
    private final Ids ids;
    private final Messages messages;
    private final Supplier<Instant> clock;
    private final String ticker;
    private final SortedMap<String, Needs> needs = new TreeMap<>();
    private final List<String> remarks;
    private Instant end;

    /**
     * Goes through the file once, so that what is wrong with it is known before anything is sent.
     *
     * @param accounts among how many accounts orders are shared out, from 1 on; those without an order are not opened
     * @throws CommandException when a message contradicts those before it
     */
    public LobsterFlow(LobsterFile file, int accounts, Ids ids, Supplier<Instant> clock) {
        this.file = file;
        this.accounts = accounts;
        this.ids = ids;
        this.messages = new Messages(ids);
        this.clock = clock;
        this.ticker = file.ticker();
        var rehearsal = market(new Ids("rehearsal"), micros -> Instant.EPOCH);
        file.messages().stream()
                .flatMap(message -> rehearsal.follow(message).stream())
                .forEach(this::need);
        this.remarks = remarks(rehearsal);
    }

    private LobsterMarket market(Ids idsOfRun, LongFunction<Instant> timeOf) {
        return new LobsterMarket(file.path(), instrumentId(), accounts, idsOfRun, timeOf);
    }

    private void need(Message message) {
        if (message.value() instanceof OrderCommand command && command.getBody() instanceof PlaceOrder place) {
            var need = place.getSide() == Side.BUY
                    ? new Needs(MONEY.reserved(place.getQuantity(), place.getLimitPrice(), 0), 0)
                    : new Needs(0, place.getQuantity());
            needs.merge(command.getAccountId(), need, Needs::plus);
        }
    }

    private static List<String> remarks(LobsterMarket market) {
        var remarks = new ArrayList<String>();
        remarks.add("Messages skipped, because their orders are from before the file: %s."
                .formatted(Text.count(market.unknownOrders())));
        if (market.hiddenExecutions() > 0) {
            remarks.add("Executions of hidden orders, for which both orders were placed just before: %s."
                    .formatted(Text.count(market.hiddenExecutions())));
        }
        if (market.withoutOrder() > 0) {
            remarks.add("Crosses and halts skipped, which are about no single order: %s."
                    .formatted(Text.count(market.withoutOrder())));
        }
        return List.copyOf(remarks);
    }

    /** LOBSTER's data are NASDAQ's. */
    private String instrumentId() {
        return "XNAS:" + ticker;
    }

    @Override
    public List<Asset> assets() {
        return List.of(USD, new Asset(ticker, 0));
    }

    @Override
    public List<Instrument> instruments() {
        return List.of(new Instrument(instrumentId(), ticker, USD.getId(), PRICE_SCALE, null, null, null));
    }

    @Override
    public String pennilessAccount() {
        return PENNILESS;
    }

    @Override
    public Iterator<Message> openings() {
        end = clock.get();
        return Stream.concat(Stream.of(PENNILESS), needs.keySet().stream())
                .map(accountId -> messages.open(
                        accountId,
                        new OpenAccount("lobster", "Account " + accountId, 0, CostMethod.AVERAGE, List.of()),
                        beforeAll()))
                .iterator();
    }

    @Override
    public Iterator<Message> fundings() {
        return needs.entrySet().stream()
                .flatMap(entry -> deposits(entry.getKey(), entry.getValue()))
                .iterator();
    }

    /** The file knows no strategies. */
    @Override
    public Iterator<Message> allocations() {
        return Collections.emptyIterator();
    }

    private Stream<Message> deposits(String accountId, Needs need) {
        var deposits = Stream.<Message>builder();
        if (need.dollars() > 0) {
            deposits.add(messages.deposit(accountId, USD.getId(), need.dollars(), beforeAll()));
        }
        if (need.shares() > 0) {
            deposits.add(messages.deposit(accountId, ticker, need.shares(), beforeAll()));
        }
        return deposits.build();
    }

    @Override
    public Iterator<Message> trading() {
        var market = market(ids, this::moved);
        return file.messages().stream()
                .flatMap(message -> market.follow(message).stream())
                .iterator();
    }

    @Override
    public List<String> remarks() {
        return remarks;
    }

    private Instant beforeAll() {
        return moved(file.messages().getFirst().micros()).minus(EARLIER);
    }

    private Instant moved(long micros) {
        return end.minus(file.messages().getLast().micros() - micros, ChronoUnit.MICROS);
    }
}
