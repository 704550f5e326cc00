package io.bursar.schemas.serde;

import io.bursar.schemas.Fill;
import io.bursar.schemas.Hash;
import io.bursar.schemas.JournalEntry;
import io.bursar.schemas.JournalSeal;
import io.bursar.schemas.OrderCommand;
import io.bursar.schemas.Samples;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/**
 * What the wire format costs over plain Avro with everything reused. Run it by hand, on a quiet machine, with the test
 * class path: it prints the best of several rounds in nanoseconds per record.
 */
public final class SerdeBenchmark {
    private static final int ROUNDS = 12;
    private static final int RECORDS = 500_000;
    private static final int ID = 7;

    /** Results end here, so that the compiler cannot leave out the work for them. */
    private static final Object[] RESULTS = new Object[64];

    private SerdeBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        AvroSafety.apply();
        compare(Fill.class, Samples.fill());
        compare(OrderCommand.class, Samples.order());
        compare(JournalEntry.class, Samples.entry());
        var seal = new JournalSeal(ID);
        var entry = Samples.entry();
        var zeros = new Hash(new byte[32]);
        double[] nanos = best(List.of(() -> seal.seal(entry, zeros)));
        System.out.printf("%-13s seal            %5.0f ns%n", "JournalEntry", nanos[0]);
    }

    private static <T extends SpecificRecord> void compare(Class<T> type, T record) throws Exception {
        var encoder = new RecordEncoder<>(type, ID);
        var decoder = new RecordDecoder<>(type, new FixedSchemas().with(ID, record.getSchema()));
        byte[] wire = encoder.encode(record);
        byte[] avro = Arrays.copyOfRange(wire, WireFormat.HEADER_BYTES, wire.length);
        var plain = new PlainAvro<>(type);
        double[] nanos = best(List.of(
                () -> plain.write(record),
                () -> encoder.encode(record),
                () -> plain.read(avro),
                () -> decoder.decode(wire)));
        System.out.printf(
                "%-13s %4d bytes | write: plain %5.0f ns, here %5.0f ns, ratio %.2f"
                        + " | read: plain %5.0f ns, here %5.0f ns, ratio %.2f%n",
                type.getSimpleName(),
                wire.length,
                nanos[0],
                nanos[1],
                nanos[1] / nanos[0],
                nanos[2],
                nanos[3],
                nanos[3] / nanos[2]);
    }

    /** The candidates take turns, so that warming up and noise meet them all. */
    private static double[] best(List<Callable<?>> candidates) throws Exception {
        double[] best = new double[candidates.size()];
        Arrays.fill(best, Double.MAX_VALUE);
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < best.length; i++) {
                best[i] = Math.min(best[i], nanosPerRecord(candidates.get(i)));
            }
        }
        return best;
    }

    private static double nanosPerRecord(Callable<?> candidate) throws Exception {
        long start = System.nanoTime();
        for (int i = 0; i < RECORDS; i++) {
            RESULTS[i % RESULTS.length] = candidate.call();
        }
        return (System.nanoTime() - start) / (double) RECORDS;
    }

    private static final class PlainAvro<T extends SpecificRecord> {
        private final SpecificDatumWriter<T> writer;
        private final SpecificDatumReader<T> reader;
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private final BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        private BinaryDecoder decoder;

        PlainAvro(Class<T> type) {
            this.writer = new SpecificDatumWriter<>(type);
            this.reader = new SpecificDatumReader<>(type);
        }

        byte[] write(T record) throws IOException {
            out.reset();
            writer.write(record, encoder);
            encoder.flush();
            return out.toByteArray();
        }

        T read(byte[] avro) throws IOException {
            decoder = DecoderFactory.get().binaryDecoder(avro, decoder);
            return reader.read(null, decoder);
        }
    }
}
