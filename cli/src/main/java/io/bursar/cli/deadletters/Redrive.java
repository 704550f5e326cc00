package io.bursar.cli.deadletters;

import io.bursar.cli.clients.CommandException;
import io.bursar.cli.clients.Connection;
import io.bursar.processors.DeadLetters;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * Sends dead letters again to the topics they came from. Each goes out in one transaction with a mark among the dead
 * letters, so that there is never one without the other. It is the only one of its application: a later one makes all calls
 * of an earlier one fail. So what is read of the marks after it was made is all there is. For one thread only.
 */
public final class Redrive implements AutoCloseable {
    private final String deadLetters;
    private final Producer<byte[], byte[]> producer;

    /**
     * Ends what an earlier one has begun and not finished.
     *
     * @param connection stays the caller's
     */
    public Redrive(Connection connection) {
        deadLetters = connection.topics().deadLetters();
        producer = connection.transactionalProducer(connection.applicationId() + "-dead-letters-redrive");
        try {
            producer.initTransactions();
        } catch (KafkaException e) {
            producer.close();
            throw new CommandException(
                    "No transaction can be begun at %s: %s".formatted(connection.brokers(), e.getMessage()), e);
        }
    }

    /**
     * Sends one letter again, byte for byte: key, value and the headers it came with. With a key it goes to the partition
     * of that key, which mends a letter from a wrong one; without a key to the partition it came from.
     *
     * @throws CommandException when it is not whole or could not be sent; then there is no mark either
     */
    public void send(DeadLetter letter) {
        if (!letter.isWhole()) {
            throw notWhole(letter);
        }
        try {
            producer.beginTransaction();
            var sent = new ArrayList<Future<?>>();
            sent.add(producer.send(again(letter)));
            sent.add(producer.send(mark(letter)));
            for (var future : sent) {
                future.get();
            }
            producer.commitTransaction();
        } catch (ProducerFencedException e) {
            throw fenced(letter, e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ProducerFencedException) {
                throw fenced(letter, e);
            }
            producer.abortTransaction();
            throw notSent(letter, e.getCause());
        } catch (KafkaException e) {
            throw notSent(letter, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notSent(letter, e);
        }
    }

    /** Says that a letter cannot be sent again because it is not the whole record. */
    public static CommandException notWhole(DeadLetter letter) {
        return new CommandException(
                "Letter %s was too large to be kept: its record lies at its origin only, %s. It cannot be sent again."
                        .formatted(letter.id(), letter.origin()));
    }

    private static ProducerRecord<byte[], byte[]> again(DeadLetter letter) {
        var partition = letter.key() == null ? letter.originPartition() : null;
        return new ProducerRecord<>(
                letter.originTopic(), partition, null, letter.key(), letter.value(), letter.headers());
    }

    private ProducerRecord<byte[], byte[]> mark(DeadLetter letter) {
        var offset = Long.toString(letter.id().offset()).getBytes(StandardCharsets.UTF_8);
        List<Header> headers = List.of(new RecordHeader(DeadLetters.REDRIVEN, offset));
        return new ProducerRecord<>(deadLetters, letter.id().partition(), null, letter.key(), null, headers);
    }

    private static CommandException fenced(DeadLetter letter, Exception cause) {
        return new CommandException(
                "Another redrive has begun meanwhile, so letter %s was not sent by this one: list what is left."
                        .formatted(letter.id()),
                cause);
    }

    private static CommandException notSent(DeadLetter letter, Throwable cause) {
        return new CommandException(
                "Letter %s was not sent to %s, or nobody said so: %s. Do it again: what was sent has its mark."
                        .formatted(letter.id(), letter.originTopic(), cause.getMessage()),
                cause);
    }

    @Override
    public void close() {
        producer.close();
    }
}
