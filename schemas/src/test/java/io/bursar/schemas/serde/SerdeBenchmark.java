package io.bursar.schemas.serde;

import io.bursar.schemas.Fill;
import io.bursar.schemas.Hash;
import io.bursar.schemas.JournalEntry;
import io.bursar.schemas.JournalSeal;
import io.bursar.schemas.Order;
import io.bursar.schemas.OrderCommand;
import io.bursar.schemas.Reply;
import io.bursar.schemas.Samples;
import io.bursar.schemas.state.AccountState;
import io.bursar.schemas.state.CommandRecord;
import io.bursar.schemas.state.Execution;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.avro.specific.SpecificRecord;

/**
 * What the wire format costs, and what it costs with plain Avro that reuses everything. Run it by hand, on a quiet
 * machine, with the test class path: it prints the best of several rounds in nanoseconds per record. All record types
 * take turns in one JVM, as they do in the ledger: code that only ever sees one type is faster than it will be there.
 */
public final class SerdeBenchmark {
    private static final int ROUNDS = 12;
    private static final int RECORDS = 100_000;
    private static final int ID = 7;

    /** Results end here, so that the compiler cannot leave out the work for them. */
    private static final Object[] RESULTS = new Object[64];

    private SerdeBenchmark() {}

    /** The four ways of one record type. */
    private record Ways(
            String type,
            int bytes,
            Callable<?> plainWrite,
            Callable<?> write,
            Callable<?> plainRead,
            Callable<?> read) {

        List<Callable<?>> all() {
            return List.of(plainWrite, write, plainRead, read);
        }
    }

    public static void main(String[] arguments) throws Exception {
        var types = List.of(
                ways(Fill.class, Samples.fill()),
                ways(OrderCommand.class, Samples.order()),
                ways(JournalEntry.class, Samples.entry()),
                ways(Reply.class, Samples.reply()),
                ways(Order.class, Samples.openOrder()),
                ways(AccountState.class, Samples.accountState()),
                ways(CommandRecord.class, Samples.commandRecord()),
                ways(Execution.class, Samples.execution()));
        var candidates = new ArrayList<Callable<?>>();
        types.forEach(type -> candidates.addAll(type.all()));
        candidates.add(inTurn(types.stream().<Callable<?>>map(Ways::plainWrite).toList()));
        candidates.add(inTurn(types.stream().<Callable<?>>map(Ways::write).toList()));
        candidates.add(inTurn(types.stream().<Callable<?>>map(Ways::plainRead).toList()));
        candidates.add(inTurn(types.stream().<Callable<?>>map(Ways::read).toList()));
        var seal = new JournalSeal(ID);
        var entry = Samples.entry();
        var zeros = new Hash(new byte[32]);
        candidates.add(() -> seal.seal(entry, zeros));

        double[] nanos = best(candidates);
        for (int i = 0; i < types.size(); i++) {
            print(types.get(i).type(), types.get(i).bytes(), Arrays.copyOfRange(nanos, 4 * i, 4 * i + 4));
        }
        int after = 4 * types.size();
        print("all, by turns", types.stream().mapToInt(Ways::bytes).sum(), Arrays.copyOfRange(nanos, after, after + 4));
        System.out.printf("JournalEntry, sealed: %.0f ns%n", nanos[after + 4]);
    }

    private static <T extends SpecificRecord> Ways ways(Class<T> type, T record) {
        var encoder = new RecordEncoder<>(type, ID);
        var decoder = new RecordDecoder<>(type, new FixedSchemas().with(ID, record.getSchema()));
        byte[] wire = encoder.encode(record);
        byte[] avro = Arrays.copyOfRange(wire, WireFormat.HEADER_BYTES, wire.length);
        var plain = new PlainAvro<>(type);
        return new Ways(
                type.getSimpleName(),
                wire.length,
                () -> plain.write(record),
                () -> encoder.encode(record),
                () -> plain.read(avro),
                () -> decoder.decode(wire));
    }

    private static Callable<?> inTurn(List<Callable<?>> calls) {
        return () -> {
            Object last = null;
            for (Callable<?> call : calls) {
                last = call.call();
            }
            return last;
        };
    }

    private static void print(String what, int bytes, double[] nanos) {
        System.out.printf(
                "%-13s %4d bytes | write: plain %5.0f ns, here %5.0f ns, ratio %.2f"
                        + " | read: plain %5.0f ns, here %5.0f ns, ratio %.2f%n",
                what, bytes, nanos[0], nanos[1], nanos[1] / nanos[0], nanos[2], nanos[3], nanos[3] / nanos[2]);
    }

    /** The candidates take turns, so that warming up and noise meet them all; the first rounds do not count. */
    private static double[] best(List<Callable<?>> candidates) throws Exception {
        double[] best = new double[candidates.size()];
        Arrays.fill(best, Double.MAX_VALUE);
        for (int round = -ROUNDS / 4; round < ROUNDS; round++) {
            for (int i = 0; i < best.length; i++) {
                double nanos = nanosPerRecord(candidates.get(i));
                best[i] = round < 0 ? best[i] : Math.min(best[i], nanos);
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
}
