package io.bursar.cli.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.function.Consumer;

/**
 * Follows the journal of an account: each entry from a first one on comes once, in the order of their sequence. What is
 * there before the events begin comes from the journal itself. For one thread only.
 */
public final class JournalFollower implements EventStream.Follower {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int NOT_FOUND = 404;

    private final ApiClient client;
    private final String accountId;
    private final Consumer<JsonNode> entries;

    /** Null until it is known. */
    private Long next;

    /**
     * @param client stays the caller's
     * @param from the first sequence; null: the first entry that is yet to come
     */
    public JournalFollower(ApiClient client, String accountId, Long from, Consumer<JsonNode> entries) {
        this.client = client;
        this.accountId = accountId;
        this.next = from;
        this.entries = entries;
    }

    /**
     * Hands over the entries until it cannot go on or is interrupted.
     *
     * @param notes gets a sentence for each connection that was lost
     * @throws ApiException when the API refuses, or was not there for too long
     */
    public void follow(Consumer<String> notes) throws InterruptedException {
        var events = ApiRequest.get("accounts", accountId, "events");
        new EventStream(client, events, EventStream.Patience.NORMAL, notes).follow(this);
    }

    @Override
    public void opened() throws InterruptedException {
        if (next == null) {
            next = lastSequence() + 1;
        } else {
            catchUp();
        }
    }

    /** Zero for an account of which there is no entry yet. */
    private long lastSequence() throws InterruptedException {
        var account = ApiRequest.get("accounts", accountId);
        var answer = client.exchange(account);
        return answer.status() == NOT_FOUND
                ? 0
                : client.successOf(account, answer).body().path("sequence").asLong();
    }

    private void catchUp() throws InterruptedException {
        long before;
        do {
            before = next;
            client.ask(ApiRequest.get("accounts", accountId, "journal").query("from-sequence", next))
                    .body()
                    .path("entries")
                    .forEach(this::take);
        } while (next > before);
    }

    @Override
    public void event(String data) {
        try {
            take(JSON.readTree(data));
        } catch (JsonProcessingException e) {
            throw new ApiException(ExitCode.FAILURE, "An event is no JSON: " + e.getOriginalMessage() + ".", e);
        }
    }

    private void take(JsonNode entry) {
        long sequence = entry.path("sequence").asLong();
        if (sequence >= next) {
            entries.accept(entry);
            next = sequence + 1;
        }
    }
}
