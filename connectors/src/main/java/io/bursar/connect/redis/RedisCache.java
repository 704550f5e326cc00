package io.bursar.connect.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/**
 * The hashes of the accounts, and beside them, in a hash of its own, up to which offset each partition of the journal is
 * in them. That hash is what a server that was flushed, or came back with an older copy, is recognised by. Not safe for
 * use by several threads; a connection that failed is replaced at the next use.
 */
final class RedisCache implements AutoCloseable {
    private static final String WRITE_HASH = script("hash.lua");
    private static final String MOVE_OFFSET = script("offset.lua");
    private static final long MOVED = 1;
    private static final long MISSING_ENTRIES = -1;
    /** How answers begin that a server gives while it starts, is full, or is not the one that takes writes. */
    private static final List<String> PASSING =
            List.of("LOADING", "BUSY", "OOM", "READONLY", "MASTERDOWN", "TRYAGAIN", "NOREPLICAS", "MISCONF");

    private final RedisAddress address;
    private final String offsetsKey;
    private Jedis connection;
    private String writeHash;
    private String moveOffset;

    /** Connects at the first use. */
    RedisCache(RedisSinkConfig config) {
        this.address = config.address();
        this.offsetsKey = RedisKeys.offsets(config.topic());
    }

    /** Whether the same may work later; what a server answers to a wrong password or a key of another type will not. */
    static boolean mayPass(JedisException failure) {
        return !(failure instanceof JedisDataException)
                || failure instanceof JedisNoScriptException
                || PASSING.stream().anyMatch(failure.getMessage()::startsWith);
    }

    /** Up to where partitions are in the cache: the next offset of each; a partition that the server does not know is absent. */
    Map<Integer, Long> offsets(Collection<Integer> partitions) {
        var known = new TreeMap<Integer, Long>();
        if (partitions.isEmpty()) {
            return known;
        }
        return whileConnected(redis -> {
            var fields = partitions.stream().map(String::valueOf).toArray(String[]::new);
            var values = redis.hmget(offsetsKey, fields);
            var partition = partitions.iterator();
            for (var value : values) {
                int number = partition.next();
                if (value != null) {
                    known.put(number, Long.parseLong(value));
                }
            }
            return known;
        });
    }

    /** Says that the partition is in the cache up to there, whatever was said before. */
    void setOffset(int partition, long nextOffset) {
        whileConnected(redis -> redis.hset(offsetsKey, Integer.toString(partition), Long.toString(nextOffset)));
    }

    /**
     * Moves offsets on, each from what it was.
     *
     * @return whether all of them were what they should be; else the server was flushed, or another task writes
     */
    boolean moveOffsets(Map<Integer, Long> before, Map<Integer, Long> after) {
        return whileConnected(redis -> {
            var moved = new ArrayList<Response<Object>>();
            try (var pipeline = redis.pipelined()) {
                after.forEach((partition, next) -> moved.add(pipeline.evalsha(
                        moveOffset,
                        List.of(offsetsKey),
                        List.of(
                                Integer.toString(partition),
                                Long.toString(before.get(partition)),
                                Long.toString(next)))));
                pipeline.sync();
            }
            return moved.stream().allMatch(response -> response.get().equals(MOVED));
        });
    }

    /**
     * Writes changes of accounts, all in one round trip. What the server has of later entries stays.
     *
     * @return the accounts of which the server lacks earlier entries; nothing was written to their hashes
     */
    List<String> write(Collection<AccountChanges> accounts) {
        return whileConnected(redis -> {
            var answers = new HashMap<String, List<Response<Object>>>();
            try (var pipeline = redis.pipelined()) {
                for (var changes : accounts) {
                    answers.put(changes.accountId(), write(changes, pipeline));
                }
                pipeline.sync();
            }
            return answers.entrySet().stream()
                    .filter(account -> account.getValue().stream()
                            .anyMatch(answer -> answer.get().equals(MISSING_ENTRIES)))
                    .map(Map.Entry::getKey)
                    .sorted()
                    .toList();
        });
    }

    /** All three hashes, also those that do not change: each says up to which entry it is right. */
    private List<Response<Object>> write(AccountChanges changes, Pipeline pipeline) {
        var id = changes.accountId();
        return List.of(
                write(RedisKeys.balances(id), changes, changes.balances(), pipeline),
                write(RedisKeys.positions(id), changes, changes.positions(), pipeline),
                write(RedisKeys.orders(id), changes, changes.orders(), pipeline));
    }

    private Response<Object> write(String key, AccountChanges changes, Map<String, String> fields, Pipeline pipeline) {
        var arguments = new ArrayList<String>(2 + 2 * fields.size());
        arguments.add(Long.toString(changes.first()));
        arguments.add(Long.toString(changes.last()));
        fields.forEach((field, value) -> {
            arguments.add(field);
            arguments.add(value);
        });
        return pipeline.evalsha(writeHash, List.of(key), arguments);
    }

    @FunctionalInterface
    private interface Use<T> {
        T of(Jedis redis);
    }

    private <T> T whileConnected(Use<T> use) {
        try {
            if (connection == null) {
                connection = address.connect();
                // A server forgets them when it starts again, and that ends the connection as well.
                writeHash = connection.scriptLoad(WRITE_HASH);
                moveOffset = connection.scriptLoad(MOVE_OFFSET);
            }
            return use.of(connection);
        } catch (JedisException e) {
            close();
            throw e;
        }
    }

    @Override
    public void close() {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }

    private static String script(String name) {
        try (var text = RedisCache.class.getResourceAsStream(name)) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be read", e);
        }
    }
}
