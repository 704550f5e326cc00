package io.bursar.bench.stack;

import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaFuture;

/** Waits for what an admin client was asked. */
public final class KafkaAnswers {
    private KafkaAnswers() {}

    /** @throws BenchException when Kafka refuses */
    public static <T> T await(KafkaFuture<T> answer) throws InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw new BenchException("Kafka does not answer: " + e.getCause(), e.getCause());
        }
    }
}
