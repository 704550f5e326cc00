package io.bursar.service.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.bursar.schemas.ApiKey;
import io.bursar.service.limits.LocalRateLimits;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

final class KeyTableTest {
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    private final KeyTable table = new KeyTable(new LocalRateLimits());
    private final NewKey key = NewKey.random();
    private final ApiKey first = ApiKeys.administrator(key, "first", NOON);

    @Test
    void what_was_revoked_stays_revoked_whatever_is_said_later_without_knowing_it() {
        table.apply(first);
        table.apply(ApiKey.newBuilder(first).setRevokedAt(NOON).build());
        table.apply(ApiKey.newBuilder(first).setReplacedBy("other").build());

        assertThat(state().getRevokedAt()).isEqualTo(NOON);
        assertThat(state().getReplacedBy()).isEqualTo("other");
    }

    @Test
    void of_two_ends_the_earlier_holds() {
        table.apply(ApiKey.newBuilder(first).setExpiresAt(NOON).build());
        table.apply(ApiKey.newBuilder(first).setExpiresAt(NOON.plusSeconds(1)).build());
        assertThat(state().getExpiresAt()).isEqualTo(NOON);

        table.apply(ApiKey.newBuilder(first).setExpiresAt(NOON.minusSeconds(1)).build());
        assertThat(state().getExpiresAt()).isEqualTo(NOON.minusSeconds(1));
    }

    @Test
    void what_is_used_of_a_limit_stays_used_until_the_limit_is_another() {
        table.apply(ApiKey.newBuilder(first).setRequestsPerSecond(1).build());
        assertThat(known().countRequest()).isEmpty();

        table.apply(ApiKey.newBuilder(first)
                .setRequestsPerSecond(1)
                .setReplacedBy("other")
                .build());
        assertThat(known().countRequest()).isPresent();

        table.apply(ApiKey.newBuilder(first).setRequestsPerSecond(2).build());
        assertThat(known().countRequest()).isEmpty();
    }

    @Test
    void a_key_with_a_network_that_is_none_is_not_known() {
        table.apply(first);
        table.apply(ApiKey.newBuilder(first).setAllowedIps(List.of("nowhere")).build());

        assertThat(table.find(key.id())).isEmpty();
    }

    @Test
    void only_the_whole_key_is_the_key() {
        table.apply(first);
        var known = table.find(key.id()).orElseThrow();

        assertThat(known.isKey(key.text())).isTrue();
        assertThat(known.isKey(key.text() + "x")).isFalse();
        assertThat(known.isKey(NewKey.random().text())).isFalse();
    }

    @Test
    void keys_are_written_as_their_format_says_and_differ() {
        var seen = new HashSet<String>();
        for (int i = 0; i < 1_000; i++) {
            var made = NewKey.random();
            assertThat(made.text()).matches("bsr_[A-Za-z0-9]{12}_[A-Za-z0-9_-]{43}");
            assertThat(KeyText.idIn(made.text())).contains(made.id());
            assertThat(seen.add(made.id())).isTrue();
            assertThat(made.toString()).doesNotContain(made.text().substring(17));
        }
    }

    private ApiKey state() {
        return known().state();
    }

    private KnownKey known() {
        return table.find(key.id()).orElseThrow();
    }
}
