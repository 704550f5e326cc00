package io.bursar.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bursar.local.StackState.ComponentState;
import io.bursar.local.StackState.Condition;
import io.bursar.local.StackState.Phase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On real processes: a broker and a registry. */
class StackTest {
    private static final String SCHEMA = "{\"schema\": \"{\\\"type\\\": \\\"string\\\"}\"}";

    @TempDir
    private Path temporary;

    @Test
    void topics_and_schema_ids_survive_down_and_up_but_not_a_wipe() throws Exception {
        var options = StackOptions.onFreePorts(temporary.resolve("data"));
        var client = new StackClient(options.dataFolder());

        StackClient.up(options, state -> {});
        createTopic(options);
        var id = registerSchema(options);
        assertThatThrownBy(() -> StackClient.up(options, state -> {}))
                .isInstanceOf(StackException.class)
                .hasMessage("A stack already runs on " + options.dataFolder() + ": process "
                        + client.running().orElseThrow().supervisorPid() + ", broker at "
                        + options.bootstrapServers() + ".");
        assertThat(client.status().orElseThrow().isHealthy()).isTrue();
        var before = processes(client.running().orElseThrow());
        assertThatThrownBy(client::wipe).hasMessageContaining("already runs");
        assertThat(client.down(state -> {})).isTrue();
        Eventually.await("end of all processes", () -> before.stream().noneMatch(Eventually::isAlive));
        assertThat(client.running()).isEmpty();

        try (var again = Stack.up(options)) {
            assertThat(again.state().phase()).isEqualTo(Phase.RUNNING);
            assertThat(topics(options)).containsExactly("bursar.orders");
            assertThat(get(options.registryUrl() + "/schemas/ids/" + id)).contains("string");
            assertThat(get(options.registryUrl() + "/config")).contains("BACKWARD");
        }

        assertThat(client.wipe()).isTrue();
        assertThat(options.dataFolder()).doesNotExist();
        assertThat(client.wipe()).isFalse();
        assertThat(client.down(state -> {})).isFalse();
    }

    @Test
    void killing_the_supervisor_ends_every_process_and_what_was_acknowledged_is_kept() throws Exception {
        var options = StackOptions.onFreePorts(temporary.resolve("data"));
        var client = new StackClient(options.dataFolder());
        var state = StackClient.up(options, seen -> {});
        var processes = processes(state);
        assertThat(processes).hasSize(3).allMatch(Eventually::isAlive);
        var id = registerSchema(options);

        kill(state.supervisorPid());

        Eventually.await("end of all processes", () -> processes.stream().noneMatch(Eventually::isAlive));
        assertThat(client.running()).isEmpty();
        try (var again = Stack.up(options)) {
            assertThat(get(options.registryUrl() + "/schemas/ids/" + id)).contains("string");

            var broker = component(again, ComponentName.BROKER);
            kill(broker.pid().orElseThrow());
            Eventually.await(
                    "restart of the broker",
                    () -> component(again, ComponentName.BROKER).restarts() == 1
                            && component(again, ComponentName.BROKER).condition() == Condition.READY);
            assertThat(component(again, ComponentName.BROKER).message())
                    .isEqualTo("The broker was killed by signal 9.");
        }
    }

    @Test
    void a_stack_whose_starter_is_killed_before_it_is_ready_ends_as_well() throws Exception {
        var options = StackOptions.onFreePorts(temporary.resolve("data"));
        var client = new StackClient(options.dataFolder());
        var starter = new ProcessBuilder(new JavaCommand()
                        .inheritProperty(Registry.HOME_PROPERTY)
                        .main(Starter.class.getName(), List.of(Json.write(options))))
                .start();
        Eventually.await(
                "start of the registry",
                () -> client.running().stream()
                        .flatMap(state -> state.components().stream())
                        .anyMatch(component -> component.name() == ComponentName.REGISTRY
                                && component.pid().isPresent()));
        var processes = processes(client.running().orElseThrow());

        starter.destroyForcibly();

        Eventually.await("end of all processes", () -> processes.stream().noneMatch(Eventually::isAlive));
        assertThat(client.running()).isEmpty();
    }

    /** What the {@code up} command does, as a process that can be killed. */
    static final class Starter {
        public static void main(String[] args) throws InterruptedException {
            StackClient.up(Json.read(args[0], StackOptions.class), state -> {});
        }
    }

    private static List<Long> processes(StackState state) {
        var components = state.components().stream().flatMap(component -> component.pid().stream());
        return Stream.concat(Stream.of(state.supervisorPid()), components).toList();
    }

    private static ComponentState component(Stack stack, ComponentName name) {
        return stack.state().components().stream()
                .filter(component -> component.name() == name)
                .findFirst()
                .orElseThrow();
    }

    private static void kill(long pid) {
        assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();
    }

    private static void createTopic(StackOptions options) throws InterruptedException, ExecutionException {
        try (var admin = admin(options)) {
            admin.createTopics(List.of(new NewTopic("bursar.orders", 4, (short) 1)))
                    .all()
                    .get();
        }
    }

    private static Set<String> topics(StackOptions options) throws InterruptedException, ExecutionException {
        try (var admin = admin(options)) {
            return admin.listTopics().names().get();
        }
    }

    private static Admin admin(StackOptions options) {
        return Admin.create(Map.of("bootstrap.servers", options.bootstrapServers()));
    }

    private static String registerSchema(StackOptions options) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(
                        URI.create(options.registryUrl() + "/subjects/bursar.orders-value/versions"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(SCHEMA))
                .build();
        return send(request).replaceAll("[^0-9]", "");
    }

    private static String get(String url) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(url)).build());
    }

    private static String send(HttpRequest request) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var response = http.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(200);
            return response.body();
        }
    }
}
