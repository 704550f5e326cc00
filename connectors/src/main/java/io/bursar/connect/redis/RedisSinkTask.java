package io.bursar.connect.redis;

import io.bursar.connect.BatchReader.NotReportedException;
import io.bursar.connect.EntryReader;
import io.bursar.connect.JournalDecoder;
import io.bursar.connect.Retries;
import io.bursar.connect.Version;
import io.bursar.schemas.serde.RegistryUnavailableException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Writes the partitions that the worker gives it. How far each of them is lies in Redis itself and is looked at before
 * every batch, empty ones included: a server that was flushed, or came back with an older copy, is filled again from
 * where it is. Entries that come a second time change nothing. For the worker's one thread.
 */
public final class RedisSinkTask extends SinkTask {
    private static final Logger LOG = LoggerFactory.getLogger(RedisSinkTask.class);

    /** The next offset of each partition that is open; null until the server was asked. */
    private final TreeMap<Integer, Long> positions = new TreeMap<>();

    /** Partitions that are read anew from their beginning, because entries were missing, up to this offset. */
    private final Map<Integer, Long> refilledUpTo = new HashMap<>();

    private RedisSinkConfig config;
    private JournalDecoder decoder;
    private EntryReader reader;
    private RedisCache cache;
    private Retries retries;

    /** For the worker, which finds the class by its name. */
    public RedisSinkTask() {
        // Nothing to do before start.
    }

    @Override
    public String version() {
        return Version.VERSION;
    }

    /** A server that cannot be reached does not keep the task from starting: the first batch waits for it. */
    @Override
    public void start(Map<String, String> props) {
        config = new RedisSinkConfig(props);
        decoder = JournalDecoder.of(config.originals());
        reader = new EntryReader(decoder, context);
        cache = new RedisCache(config);
        retries = new Retries(config.retryFor(), System::nanoTime, new SplittableRandom());
    }

    @Override
    public void open(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> positions.put(partition.partition(), null));
    }

    @Override
    public void close(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> {
            positions.remove(partition.partition());
            refilledUpTo.remove(partition.partition());
        });
    }

    /**
     * Writes the records.
     *
     * @throws RetriableException when it may work later: the same records are to be delivered again
     * @throws ConnectException when it will not, with the reason and where the records lie
     */
    @Override
    public void put(Collection<SinkRecord> records) {
        try {
            if (isWhereItWasLeft()) {
                deliver(records);
            }
            retries.succeeded();
        } catch (JedisException e) {
            if (!RedisCache.mayPass(e)) {
                throw new ConnectException("Redis refuses: " + e.getMessage(), e);
            }
            throw retries.failure("Redis is not available: " + e.getMessage(), e, context);
        } catch (RegistryUnavailableException | NotReportedException e) {
            throw retries.failure(e.getMessage(), e, context);
        } catch (JournalGapException e) {
            throw new ConnectException("The journal has a gap: " + e.getMessage(), e);
        }
    }

    /**
     * Goes to where the server says that it is, if that is elsewhere than here. The records at hand are of no use then;
     * they come again when they are wanted.
     */
    private boolean isWhereItWasLeft() {
        var found = cache.offsets(positions.keySet());
        var moves = new TreeMap<Integer, Long>();
        positions.forEach((partition, position) -> {
            Long offset = found.get(partition);
            if (offset == null) {
                // Of nothing in the cache can be told later whether it was flushed, of an offset of 0 it can.
                cache.setOffset(partition, 0);
                offset = 0L;
            }
            if (!offset.equals(position)) {
                moves.put(partition, offset);
            }
        });
        if (moves.isEmpty()) {
            return true;
        }
        LOG.info("Filling the cache from {} on, by partition of {} (was at {})", moves, config.topic(), positions);
        positions.putAll(moves);
        // The others as well: their records are not taken either.
        positions.forEach(this::rewind);
        return false;
    }

    private void rewind(int partition, long offset) {
        context.offset(new TopicPartition(config.topic(), partition), offset);
    }

    private void deliver(Collection<SinkRecord> records) {
        if (records.isEmpty()) {
            return;
        }
        var accounts = new LinkedHashMap<String, AccountChanges>();
        var partitions = new HashMap<String, Integer>();
        var before = new TreeMap<Integer, Long>();
        var after = new TreeMap<Integer, Long>();
        for (var record : records) {
            before.putIfAbsent(record.kafkaPartition(), positions.get(record.kafkaPartition()));
            after.put(record.kafkaPartition(), record.kafkaOffset() + 1);
        }
        for (var placed : reader.read(records)) {
            var entry = placed.entry();
            accounts.computeIfAbsent(entry.getAccountId(), any -> new AccountChanges(entry))
                    .add(entry);
            partitions.put(entry.getAccountId(), placed.partition());
        }
        var incomplete = cache.write(accounts.values());
        if (!incomplete.isEmpty()) {
            var byPartition = new TreeMap<Integer, String>();
            incomplete.forEach(account -> byPartition.putIfAbsent(partitions.get(account), account));
            byPartition.forEach((partition, account) -> refill(partition, account, after.get(partition)));
        } else if (cache.moveOffsets(before, after)) {
            positions.putAll(after);
            after.forEach((partition, offset) ->
                    refilledUpTo.computeIfPresent(partition, (any, upTo) -> offset >= upTo ? null : upTo));
        }
        // Else the server was flushed meanwhile: the next batch finds that out.
    }

    /** Reads the partition anew from its beginning: the server has lost entries of an account, as it does by eviction. */
    private void refill(int partition, String account, long upTo) {
        if (refilledUpTo.putIfAbsent(partition, upTo) != null) {
            throw new ConnectException(
                    "Redis lacks earlier entries of account %s though partition %d of %s was just read from its beginning: does the server evict keys (maxmemory-policy), or is the topic incomplete?"
                            .formatted(account, partition, config.topic()));
        }
        LOG.warn("Redis lacks entries of account {}: reading partition {} from its beginning", account, partition);
        cache.setOffset(partition, 0);
        positions.put(partition, 0L);
        rewind(partition, 0);
    }

    @Override
    public void stop() {
        if (cache != null) {
            cache.close();
        }
        if (decoder != null) {
            decoder.close();
        }
    }
}
