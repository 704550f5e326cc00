package io.bursar.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortsTest {
    @TempDir
    private Path temporary;

    @Test
    void a_port_in_use_is_named_with_its_component_and_its_flag() throws IOException {
        var free = StackOptions.onFreePorts(temporary);
        try (var other = new ServerSocket()) {
            other.bind(Loopback.address(free.ports().kafka()));

            assertThatThrownBy(() -> Stack.up(free))
                    .isInstanceOf(StackException.class)
                    .hasMessage("Port " + free.ports().kafka() + " for the broker is in use by another program;"
                            + " choose another one with --kafka-port.");
        }
    }

    @Test
    void a_port_in_use_on_all_interfaces_counts_as_in_use() throws IOException {
        try (var other = new ServerSocket(0)) {
            assertThat(Loopback.refusal(other.getLocalPort())).contains("is in use by another program");
        }
    }

    @Test
    void a_number_that_is_no_port_is_refused() {
        assertThat(Loopback.refusal(0)).contains("is not between 1 and 65535");
        assertThat(Loopback.refusal(65_536)).contains("is not between 1 and 65535");
    }

    @Test
    void two_components_cannot_share_a_port() {
        var free = StackOptions.onFreePorts(temporary);
        var ports = free.ports();
        var shared = new StackOptions(
                temporary,
                new StackPorts(
                        ports.kafka(), ports.kafka(), ports.http(), ports.postgres(), ports.redis(), ports.connect()),
                List.of(),
                Sinks.NONE);

        assertThatThrownBy(() -> Stack.up(shared)).hasMessageContaining("must differ from each other");
    }

    @Test
    void internal_ports_avoid_what_is_used_and_what_will_be() throws IOException {
        try (var other = new ServerSocket(0)) {
            var used = other.getLocalPort();
            assertThat(Loopback.freeAbove(used - 1, Set.of(used + 1))).isGreaterThan(used + 1);
        }
    }

    @Test
    void free_ports_are_not_among_those_that_clients_are_given() {
        assertThat(StackPorts.free().all()).doesNotHaveDuplicates().allMatch(port -> port < 32_768);
    }
}
