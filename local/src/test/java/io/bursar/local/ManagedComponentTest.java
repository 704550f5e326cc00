package io.bursar.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bursar.local.StackState.Condition;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManagedComponentTest {
    private static final int LAST_QUICK_DEATH = 2;

    @TempDir
    private Path temporary;

    private final List<ManagedComponent> started = new ArrayList<>();
    private LogFile log;
    private int port;

    @BeforeEach
    void openLog() throws IOException {
        log = new LogFile(temporary.resolve("bursar.log"));
        port = StackPorts.free().http();
    }

    @AfterEach
    void stopAll() throws InterruptedException, IOException {
        for (var component : started) {
            component.stop();
        }
        log.close();
    }

    @Test
    void a_component_that_ends_is_started_again_until_it_has_ended_too_often() throws Exception {
        var component = start();
        component.firstReady().join();

        letItDie();
        Eventually.await("restart", () -> component.state().restarts() == 1);
        Eventually.await("ready again", () -> component.state().condition() == Condition.READY);
        assertThat(component.state().message()).isEqualTo("The bursar ended with exit status 7.");

        letItDie();
        Eventually.await("given up", () -> component.state().condition() == Condition.FAILED);
        assertThat(component.state().message())
                .isEqualTo("The bursar ended with exit status 7 again and again; it is not started any more.");
        assertThat(component.state().pid()).isEmpty();
    }

    @Test
    void one_that_ends_before_it_is_ready_is_not_started_again() {
        var component = start("dies-at-once");

        assertThatThrownBy(() -> component.firstReady().join())
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(StackException.class)
                .hasMessage("The bursar ended with exit status 7 before it was ready.");
        assertThat(component.state().condition()).isEqualTo(Condition.FAILED);
        assertThat(LogTail.lastLines(temporary.resolve("bursar.log"), 1))
                .containsExactly("starting with [" + port + ", dies-at-once]");
    }

    @Test
    void one_that_takes_too_long_to_be_ready_is_killed() throws InterruptedException {
        var component = start("never-ready");
        Eventually.await("start", () -> component.state().pid().isPresent());
        var pid = component.state().pid().orElseThrow();

        assertThatThrownBy(() -> component.firstReady().join())
                .hasMessageContaining("The bursar was not ready within 2 s: ");
        assertThat(Eventually.isAlive(pid)).isFalse();
    }

    @Test
    void one_that_is_stopped_gets_the_time_to_end_in_order() throws InterruptedException {
        var component = start();
        component.firstReady().join();

        component.stop();

        assertThat(LogTail.lastLines(temporary.resolve("bursar.log"), 1)).containsExactly("ended in order");
    }

    @Test
    void one_that_does_not_end_when_asked_is_killed() throws InterruptedException {
        var component = start("ignores-sigterm");
        component.firstReady().join();
        var pid = component.state().pid().orElseThrow();

        component.stop();

        assertThat(Eventually.isAlive(pid)).isFalse();
        assertThat(component.state().condition()).isEqualTo(Condition.STOPPED);
    }

    @Test
    void one_that_needs_a_failed_one_is_not_started() {
        var broken = start("dies-at-once");
        var dependent = new ManagedComponent(component(), log, backoff(), List.of(broken), () -> {});
        started.add(dependent);
        dependent.start();

        assertThatThrownBy(() -> dependent.firstReady().join())
                .hasMessageContaining("ended with exit status 7 before it was ready");
        assertThat(dependent.state().condition()).isEqualTo(Condition.WAITING);
    }

    private ManagedComponent start(String... flaws) {
        var managed = new ManagedComponent(component(flaws), log, backoff(), List.of(), () -> {});
        started.add(managed);
        managed.start();
        return managed;
    }

    private static RestartBackoff backoff() {
        return new RestartBackoff(LAST_QUICK_DEATH);
    }

    private Component component(String... flaws) {
        var arguments = new ArrayList<>(List.of(Integer.toString(port)));
        arguments.addAll(List.of(flaws));
        return new Component(
                ComponentName.BURSAR,
                port,
                new JavaCommand().heapMb(8, 32).tethered(FakeApplication.class.getName(), arguments),
                Map.of(),
                Loopback.http(port, "/ready"),
                Duration.ofSeconds(2),
                Duration.ofMillis(300),
                temporary.resolve("tmp"),
                List.of());
    }

    private void letItDie() {
        var die = Loopback.http(port, "/die");
        assertThatThrownBy(() -> get(die)).isInstanceOf(IOException.class);
    }

    private static void get(URI uri) throws IOException {
        ((HttpURLConnection) uri.toURL().openConnection()).getResponseCode();
    }
}
