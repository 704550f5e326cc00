package io.bursar.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL and Redis as real processes. */
class NativeServerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private Path temporary;

    private final List<Process> guards = new ArrayList<>();

    @AfterEach
    void endGuards() throws IOException, InterruptedException {
        for (var guard : guards) {
            guard.getOutputStream().close();
            assertThat(guard.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void redis_ends_when_the_pipe_from_its_parent_ends() throws Exception {
        var redis = NativeServer.redis(folder(), StackPorts.free().redis());
        var guard = start(redis);
        long server = pid("redis/redis.pid");

        guard.getOutputStream().close();

        awaitEnd(server);
        assertThat(Health.problem(redis.health())).isPresent();
    }

    @Test
    void redis_that_its_guard_left_behind_gives_way_to_the_next_one() throws Exception {
        var redis = NativeServer.redis(folder(), StackPorts.free().redis());
        kill(start(redis));
        long leftBehind = pid("redis/redis.pid");
        assertThat(ProcessHandle.of(leftBehind)).isPresent();

        var guard = launch(redis);

        // As long as it has not ended, it is the one that answers.
        awaitEnd(leftBehind);
        awaitReady(redis, guard);
        assertThat(pid("redis/redis.pid")).isNotEqualTo(leftBehind);
    }

    @Test
    void postgres_that_its_guard_left_behind_gives_way_and_ends_when_the_pipe_ends() throws Exception {
        var postgres = NativeServer.postgres(folder(), StackPorts.free().postgres());
        kill(start(postgres));
        long leftBehind = pid("postgres/data/postmaster.pid");
        assertThat(ProcessHandle.of(leftBehind)).isPresent();

        var guard = launch(postgres);

        awaitEnd(leftBehind);
        awaitReady(postgres, guard);
        long server = pid("postgres/data/postmaster.pid");
        assertThat(server).isNotEqualTo(leftBehind);
        guard.getOutputStream().close();
        awaitEnd(server);
    }

    private DataFolder folder() {
        return DataFolder.openOrCreate(temporary.resolve("data"));
    }

    /** Returns when the server can be used. */
    private Process start(Component server) throws IOException, InterruptedException {
        var guard = launch(server);
        awaitReady(server, guard);
        return guard;
    }

    private Process launch(Component server) throws IOException {
        DataFolder.makeEmpty(server.temporary());
        var guard = new ProcessBuilder(server.command())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        guards.add(guard);
        return guard;
    }

    private static void awaitReady(Component server, Process guard) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (var problem = Health.problem(server.health());
                problem.isPresent();
                problem = Health.problem(server.health())) {
            assertThat(guard.isAlive()).as("the guard lives").isTrue();
            assertThat(System.nanoTime()).as(problem.get()).isLessThan(deadline);
            Thread.sleep(50);
        }
    }

    private static void kill(Process guard) throws InterruptedException {
        guard.destroyForcibly().waitFor();
    }

    private long pid(String file) throws IOException {
        return Long.parseLong(Files.readAllLines(temporary.resolve("data").resolve(file))
                .getFirst()
                .strip());
    }

    private static void awaitEnd(long pid) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent()) {
            assertThat(System.nanoTime()).as("process " + pid + " ends").isLessThan(deadline);
            Thread.sleep(50);
        }
    }
}
