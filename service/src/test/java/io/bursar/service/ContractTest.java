package io.bursar.service;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That what is not as described is noticed. */
final class ContractTest {
    private static final String BALANCES = "/api/v1/accounts/A1/balances";

    @Test
    void an_answer_as_described_is_let_through() {
        assertThatCode(() -> Contract.check(
                        "GET",
                        BALANCES,
                        "",
                        200,
                        "application/json",
                        "{\"accountId\":\"A1\",\"sequence\":1,\"balances\":[]}"))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "200 | application/json | {'accountId':'A1','balances':[]} | not as described",
                "200 | application/json | {'accountId':'A1','sequence':1,'balances':[],'more':1} | not as described",
                "200 | application/json | {'accountId':'A1','sequence':'1','balances':[]} | not as described",
                "200 | text/html | <p> | which is not described",
                "409 | application/problem+json | {'title':'Conflict'} | not as described",
            })
    void an_answer_that_is_not_as_described_is_noticed(int status, String type, String body, String complaint) {
        assertThatThrownBy(() -> Contract.check("GET", BALANCES, "", status, type, body.replace('\'', '"')))
                .hasMessageContaining(complaint);
    }

    @Test
    void a_request_that_is_taken_and_not_described_is_noticed() {
        var taken = "{\"accountId\":\"A1\",\"commandId\":\"c\",\"sequence\":1,\"outcome\":\"accepted\"}";

        assertThatThrownBy(() -> Contract.check(
                        "POST",
                        "/api/v1/accounts/A1/deposits",
                        "{\"asset\":\"USD\",\"amount\":1}",
                        201,
                        "application/json",
                        taken))
                .hasMessageContaining("the request POST /api/v1/accounts/A1/deposits is not as described");
        assertThatThrownBy(() -> Contract.check("POST", "/api/v1/nothing", "", 201, "application/json", taken))
                .hasMessageContaining("is served and not described");
    }
}
