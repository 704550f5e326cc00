package io.bursar.cli.sinks;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

class TableRebuildTest {
    /** The connectors are used outside of a worker here, which has it for them. */
    @Test
    void what_a_connect_worker_brings_is_on_the_class_path_of_the_command_line_too() {
        assertThatCode(() -> Class.forName("org.apache.kafka.connect.errors.ConnectException"))
                .doesNotThrowAnyException();
    }
}
