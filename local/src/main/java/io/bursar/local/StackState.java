package io.bursar.local;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a stack says of itself, as kept in {@code stack.json} of its data folder.
 *
 * @param phase where the stack as a whole stands
 * @param message one sentence on a failure; empty otherwise
 * @param supervisorPid the process that owns the stack
 * @param startedAt when that process began to start it
 * @param bootstrapServers what Kafka clients take as {@code bootstrap.servers}
 * @param registryUrl the base of the registry's Confluent API
 * @param httpUrl the base of Bursar's HTTP service
 * @param postgresUrl the database of the PostgreSQL sink, for JDBC; empty when there is none
 * @param redisUrl the server of the Redis sink; empty when there is none
 * @param carried what the sinks read; empty names when there are none
 * @param components in the order in which they start
 */
public record StackState(
        Phase phase,
        String message,
        long supervisorPid,
        Instant startedAt,
        String bootstrapServers,
        String registryUrl,
        String httpUrl,
        Optional<String> postgresUrl,
        Optional<String> redisUrl,
        Sinks.Carried carried,
        List<ComponentState> components) {
    public StackState {
        components = List.copyOf(components);
    }

    /** Where the stack as a whole stands. */
    public enum Phase {
        STARTING,
        /** Every component has been ready; one that died since is told by its own condition. */
        RUNNING,
        STOPPING,
        STOPPED,
        /** It never became ready and everything was stopped again. */
        FAILED
    }

    /** Where one component stands. */
    public enum Condition {
        /** Not started: it needs another component first. */
        WAITING,
        STARTING,
        READY,
        /** It ended by itself and is started again after a pause. */
        RESTARTING,
        STOPPING,
        STOPPED,
        /** It ended by itself and is not started again. */
        FAILED
    }

    /**
     * One component.
     *
     * @param pid its process; empty while there is none
     * @param port the port that its clients use
     * @param health where to ask for its health
     * @param startedAt when the process began; empty while there is none
     * @param readyAt when it was first seen ready; empty until then
     * @param restarts how often it was started again after it ended by itself
     * @param message one sentence on why it ended last; empty when it never did
     */
    public record ComponentState(
            ComponentName name,
            Condition condition,
            Optional<Long> pid,
            int port,
            URI health,
            Optional<Instant> startedAt,
            Optional<Instant> readyAt,
            int restarts,
            String message) {}
}
