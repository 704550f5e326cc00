package io.bursar.exactlyonce;

import io.bursar.exactlyonce.Stories.Step;
import io.bursar.schemas.AccountCommand;
import io.bursar.schemas.BalanceUpdate;
import io.bursar.schemas.CostMethod;
import io.bursar.schemas.Deposit;
import io.bursar.schemas.OpenAccount;
import io.bursar.stack.Message;
import io.bursar.topology.topics.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What clients send: commands of many interleaved stories, some of them again later as exactly the same records. The
 * same seed gives the same messages, but for the times in them, which follow the start.
 */
final class Workload {
    private static final int ACCOUNTS = 200;
    private static final int STORIES_AT_A_TIME = 200;

    /** So that the times in the messages run about as fast as the messages are sent. */
    private static final Duration BETWEEN_COMMANDS = Duration.ofNanos(500_000);

    /** One of so many commands is sent again. */
    private static final int REPEATS = 10;

    private static final int REPEATED_WITHIN = 4_000;

    private final Topics topics;
    private final Random random;
    private final Instant start;
    private final List<String> accounts;
    private final Stories stories;
    private final List<Message> stream = new ArrayList<>();
    private final Set<Message> distinct = Collections.newSetFromMap(new IdentityHashMap<>());

    private record Repeat(int dueAt, Message message) {}

    private Workload(long seed, Topics topics, Market market, Instant start) {
        this.topics = topics;
        this.start = start;
        random = new Random(seed);
        accounts =
                IntStream.range(0, ACCOUNTS).mapToObj("account-%03d"::formatted).toList();
        stories = new Stories(topics, market, accounts, random);
    }

    static Workload of(long seed, Topics topics, Market market, Instant start, int commands) {
        var workload = new Workload(seed, topics, market, start);
        workload.generate(commands);
        return workload;
    }

    List<String> accounts() {
        return accounts;
    }

    /** Accounts that nobody ever opens, to which money is sent. */
    List<String> strangers() {
        return Stories.STRANGERS;
    }

    /** To be decided before the rest is sent: an account that is not open yet spends no ids. */
    List<Message> openings() {
        return IntStream.range(0, ACCOUNTS).mapToObj(this::opening).toList();
    }

    /** The commands in the order in which they are sent, repeats included. */
    List<Message> stream() {
        return Collections.unmodifiableList(stream);
    }

    private Message opening(int number) {
        var account = accounts.get(number);
        int takerFeeRate = number % 3 == 0 ? 1_000 : 0;
        var costMethod = number % 4 == 0 ? CostMethod.FIFO : CostMethod.AVERAGE;
        var open = new OpenAccount("owner of " + account, "no. " + number, takerFeeRate, costMethod, List.of());
        return new Message(topics.accounts(), account, new AccountCommand("open", account, start, open));
    }

    private Message funding(int number, String asset, long amount) {
        var account = accounts.get(number);
        // Some have too little for most of what they try.
        long given = number % 10 == 0 ? amount / 2_000 : amount;
        return new Message(
                topics.balanceUpdates(),
                account,
                new BalanceUpdate("fund-" + asset, account, start, new Deposit(asset, given, null, null)));
    }

    private void generate(int commands) {
        for (int i = 0; i < ACCOUNTS; i++) {
            stream.add(funding(i, "USD", 100_000_000));
            stream.add(funding(i, "BTC", 500_000_000));
            stream.add(funding(i, "ABC", 100_000_000));
        }
        distinct.addAll(stream);
        var running = new ArrayList<Deque<Step>>();
        var repeats = new PriorityQueue<>(Comparator.comparingInt(Repeat::dueAt));
        while (distinct.size() < commands) {
            var message = advance(running).apply(start.plus(BETWEEN_COMMANDS.multipliedBy(distinct.size())));
            stream.add(message);
            distinct.add(message);
            if (random.nextInt(REPEATS) == 0) {
                int delay = random.nextInt(5) == 0 ? 0 : random.nextInt(REPEATED_WITHIN);
                repeats.add(new Repeat(stream.size() + delay, message));
            }
            while (!repeats.isEmpty() && repeats.peek().dueAt() <= stream.size()) {
                stream.add(repeats.remove().message());
            }
        }
        repeats.forEach(repeat -> stream.add(repeat.message()));
    }

    private Step advance(List<Deque<Step>> running) {
        while (running.size() < STORIES_AT_A_TIME) {
            running.add(new ArrayDeque<>(stories.next()));
        }
        int chosen = random.nextInt(running.size());
        var story = running.get(chosen);
        var step = story.remove();
        if (story.isEmpty()) {
            running.remove(chosen);
        }
        return step;
    }
}
