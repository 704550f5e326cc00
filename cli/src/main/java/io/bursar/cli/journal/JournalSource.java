package io.bursar.cli.journal;

import io.bursar.schemas.serde.SchemasById;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A journal that can be read from its beginning, more than once. For one thread, except for {@link #done}. */
interface JournalSource {
    /** The file or the topic. */
    String name();

    /** The schemas that its values name; of a file those that were read so far. */
    SchemasById schemas();

    /**
     * Reads all of it, records byte for byte as they lay on their topic; those of one account come in their order.
     *
     * @throws io.bursar.cli.clients.CommandException when it cannot be read to its end
     */
    void read(Consumer<ConsumerRecord<byte[], byte[]>> each);

    /** How far it is read, for people: {@code "1,742 of 20,000 offsets"}. For any thread. */
    String done();
}
