package io.bursar.service.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressRangeTest {
    @ParameterizedTest
    @CsvSource({
        "10.1.0.0/16, 10.1.255.255, true",
        "10.1.0.0/16, 10.2.0.0, false",
        "10.1.2.3, 10.1.2.3, true",
        "10.1.2.3, 10.1.2.4, false",
        "10.1.2.129/25, 10.1.2.200, true",
        "10.1.2.129/25, 10.1.2.127, false",
        "0.0.0.0/0, 203.0.113.7, true",
        "0.0.0.0/0, ::1, false",
        "127.0.0.1/32, ::ffff:127.0.0.1, true",
        "2001:db8::/32, 2001:db8:ffff::1, true",
        "2001:db8::/32, 2001:db9::1, false",
        "::/0, fe80::1%eth0, true",
        "::/0, [2001:db8::1], true",
        "::1, 0:0:0:0:0:0:0:1, true",
        "10.0.0.0/8, localhost, false"
    })
    void a_range_contains_the_addresses_that_begin_like_it(String range, String address, boolean contained) {
        assertThat(AddressRange.parse(range).orElseThrow().contains(address)).isEqualTo(contained);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "dead",
                "10.1.0.0/33",
                "10.1.0.0/",
                "/8",
                "10.1.0/16",
                "256.1.1.1",
                "10.1.0.0/-1",
                "2001:db8::/129",
                ":",
                "::g",
                "1:2:3",
                "10.0.0.0/8/8",
                "10.0.0.01",
                "example.com/8"
            })
    void what_is_no_address_is_no_range(String text) {
        assertThat(AddressRange.parse(text)).isEmpty();
    }

    @Test
    void a_network_of_one_address_is_that_address() {
        assertThat(AddressRange.parse("192.0.2.1/32").orElseThrow().contains("192.0.2.1"))
                .isTrue();
    }
}
