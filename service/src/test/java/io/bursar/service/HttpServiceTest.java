package io.bursar.service;

import static io.bursar.service.Api.header;
import static io.bursar.service.Api.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.codahale.metrics.MetricRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import org.junit.jupiter.api.Test;

final class HttpServiceTest {
    @Test
    void before_there_is_an_application_it_is_alive_and_not_ready() {
        try (var api = new Api(new StartingInstance())) {
            assertThat(api.get("/health/live").statusCode()).isEqualTo(200);
            var ready = api.get("/health/ready");
            assertThat(ready.statusCode()).isEqualTo(503);
            assertThat(json(ready).get("streams").textValue()).isEqualTo("STARTING");
            var query = api.get("/api/v1/accounts/A1");
            assertThat(query.statusCode()).isEqualTo(503);
            assertThat(header(query, "Retry-After")).isEqualTo("1");
            assertThat(api.get("/metrics").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void an_attached_application_is_served_from_then_on() {
        try (var api = new Api(new StartingInstance())) {
            api.service().attach(new LedgerInstance().open("A1", 0));

            assertThat(api.get("/health/ready").statusCode()).isEqualTo(200);
            assertThat(api.get("/api/v1/accounts/A1").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void a_port_that_is_taken_is_named() {
        try (var first = new Api(new StartingInstance());
                var second = new HttpService(
                        Api.settings(first.service().port()), new MetricRegistry(), new StartingInstance())) {
            assertThatExceptionOfType(HttpServiceException.class)
                    .isThrownBy(second::start)
                    .withMessage(
                            "http.port is %d: it must be free and allowed on http.host 127.0.0.1",
                            first.service().port());
        }
    }

    @Test
    void only_the_loopback_interface_is_served_by_default() throws Exception {
        try (var api = new Api(new StartingInstance())) {
            for (var address : NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLoopbackAddress())
                    .toList()) {
                assertThatIOException().as("%s", address).isThrownBy(() -> connect(address, api));
            }
        }
    }

    @Test
    void nothing_is_served_after_close() {
        var api = new Api(new StartingInstance());
        int port = api.service().port();
        api.close();

        assertThatIOException().isThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close());
    }

    @Test
    void requests_run_on_virtual_threads() {
        var ledger = new LedgerInstance();
        try (var api = new Api(ledger)) {
            api.get("/api/v1/accounts/A1");
        }
        assertThat(ledger.lastAskedByVirtualThread).isTrue();
    }

    private static void connect(InetAddress address, Api api) throws IOException {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, api.service().port()), 1_000);
        }
    }
}
