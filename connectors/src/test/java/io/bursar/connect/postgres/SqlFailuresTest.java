package io.bursar.connect.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlFailuresTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "08001", "08006", "40001", "40P01", "53100", "53200", "53300", "55P03", "57014", "57P01", "57P02",
                "57P03", "58030", "25006", "25P03"
            })
    void what_may_pass_is_tried_again(String state) {
        assertThat(SqlFailures.mayPass(new SQLException("failed", state))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"22021", "23505", "23514", "28P01", "3D000", "42P01", "42501", "57P04", "XX001"})
    void what_will_not_pass_is_not(String state) {
        assertThat(SqlFailures.mayPass(new SQLException("failed", state))).isFalse();
    }

    @Test
    void a_pool_that_got_no_connection_has_the_reason_of_its_cause() {
        var refused = new SQLException("no password", "28P01");
        var dropped = new SQLException("refused", "08001");

        assertThat(SqlFailures.mayPass(new SQLTransientConnectionException("timed out", refused)))
                .isFalse();
        assertThat(SqlFailures.mayPass(new SQLTransientConnectionException("timed out", dropped)))
                .isTrue();
        assertThat(SqlFailures.mayPass(new SQLTransientConnectionException("timed out")))
                .isTrue();
        assertThat(SqlFailures.state(new SQLException("outer", "08000", refused)))
                .isEqualTo("28P01");
    }

    @Test
    void an_error_without_a_state_will_not_pass() {
        assertThat(SqlFailures.mayPass(new SQLException("failed"))).isFalse();
        assertThat(SqlFailures.state(new SQLException("failed"))).isEqualTo("unknown");
    }
}
