package io.bursar.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bursar.local.Sinks;
import io.bursar.local.Sinks.Carried;
import io.bursar.local.Sinks.Sink;
import io.bursar.local.StackOptions;
import io.bursar.local.StackOptions.ApplicationCommand;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

/** What {@code bursar up} gives to the instances that it starts. */
class LocalApplicationTest {
    private static final Map<String, String> PASSWORD = Map.of("SINK_REDIS_PASSWORD", "secret");

    @TempDir
    private Path folder;

    /** A command with settings. */
    @Command(name = "up")
    static final class Up {
        @Mixin
        private SettingsOptions settings;
    }

    @Test
    void instances_share_the_redis_of_the_stack_which_asks_for_no_password() {
        var stack = stack(Sink.EMBEDDED);
        var command = command(stack, PASSWORD);

        assertThat(command.arguments())
                .contains("--redis.url=redis://127.0.0.1:" + stack.ports().redis(), "--redis.password=");
        assertThat(command.environment()).isEmpty();
    }

    @Test
    void the_password_of_a_redis_of_one_s_own_is_not_an_argument() {
        var command = command(stack(Sink.at("redis://cache:6379")), PASSWORD);

        assertThat(command.arguments()).contains("--redis.url=redis://cache:6379");
        assertThat(command.arguments().toString()).doesNotContain("secret");
        assertThat(command.environment()).containsExactly(Map.entry("BURSAR_REDIS_PASSWORD", "secret"));
    }

    @Test
    void without_redis_each_instance_counts_for_itself() {
        var command = command(stack(Sink.NONE), PASSWORD);

        assertThat(command.arguments()).noneMatch(argument -> argument.startsWith("--redis"));
        assertThat(command.environment()).isEmpty();
    }

    @Test
    void which_redis_a_stack_uses_is_said_once() {
        assertThatThrownBy(() -> command(stack(Sink.EMBEDDED), Map.of(), "--redis.url=redis://cache:6379"))
                .isInstanceOf(ParameterException.class)
                .hasMessageStartingWith("'--redis.url' is decided by `up` itself");
    }

    private StackOptions stack(Sink redis) {
        return StackOptions.onFreePorts(folder).with(new Sinks(Sink.NONE, redis, Carried.NOTHING));
    }

    private static ApplicationCommand command(StackOptions stack, Map<String, String> variables, String... arguments) {
        var up = new Up();
        new CommandLine(up).parseArgs(arguments);
        return LocalApplication.commands(stack, up.settings, 1, variables)[0];
    }
}
