package io.bursar.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentKeysTest {
    private static final byte[] FIRST = AesKey.random().getEncoded();
    private static final byte[] SECOND = AesKey.random().getEncoded();

    @Test
    void the_number_in_the_name_is_the_version() {
        var keys = EnvironmentKeys.in(Map.of(
                        "BURSAR_VAULT_KEY_2",
                        base64(FIRST),
                        "BURSAR_VAULT_KEY_10",
                        base64(SECOND) + "\n",
                        "BURSAR_VAULT_KEY_FILE",
                        "/etc/bursar/keys",
                        "HOME",
                        "/"))
                .orElseThrow();

        assertThat(keys.newest().version()).isEqualTo(10);
        assertThat(keys.newest().key().getEncoded()).isEqualTo(SECOND);
        assertThat(keys.ofVersion(2).orElseThrow().key().getEncoded()).isEqualTo(FIRST);
        assertThat(keys.ofVersion(1)).isEmpty();
        new Leaks(FIRST, SECOND).assertNoneIn(List.of(keys, keys.newest(), keys.ofVersion(2)));
    }

    @Test
    void an_environment_without_keys_gives_none() {
        assertThat(EnvironmentKeys.in(Map.of("HOME", "/", "BURSAR_VAULT_KEY_", "x")))
                .isEmpty();
    }

    @Test
    void each_slip_is_told_with_its_variable_and_without_any_key() {
        assertRefused(
                Map.of("BURSAR_VAULT_KEY_0", base64(FIRST)),
                "BURSAR_VAULT_KEY_0: the version of a master key must be a whole number from 1 to 2147483647");
        assertRefused(
                Map.of("BURSAR_VAULT_KEY_1", "-" + base64(FIRST)),
                "BURSAR_VAULT_KEY_1: master key version 1 must be 32 bytes in base64, but is no base64");
        assertRefused(
                Map.of("BURSAR_VAULT_KEY_1", base64(FIRST).substring(4)),
                "BURSAR_VAULT_KEY_1: master key version 1 must be 32 bytes in base64, but has 29");
        assertRefused(
                Map.of("BURSAR_VAULT_KEY_1", base64(SECOND), "BURSAR_VAULT_KEY_2", ""),
                "BURSAR_VAULT_KEY_2: master key version 2 must be 32 bytes in base64, but has 0");
        var same = Map.of("BURSAR_VAULT_KEY_1", base64(FIRST), "BURSAR_VAULT_KEY_2", base64(FIRST));
        assertThat(assertRefused(same, "The environment: master key version").getMessage())
                .containsPattern("version (1 must be another key than version 2|2 must be another key than version 1)");
    }

    private static MasterKeyException assertRefused(Map<String, String> environment, String message) {
        var thrown = catchThrowableOfType(MasterKeyException.class, () -> EnvironmentKeys.in(environment));
        assertThat(thrown).hasMessageStartingWith(message);
        new Leaks(FIRST, SECOND).assertNoneIn(thrown);
        return thrown;
    }

    private static String base64(byte[] key) {
        return Base64.getEncoder().encodeToString(key);
    }
}
