package io.bursar.service.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.javalin.http.Context;
import io.javalin.http.Header;

/** Answers as JSON; what is absent is left out. */
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder(factory().build())
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .build();

    private Json() {}

    /** One whose buffers outlive a thread: each request has a virtual thread of its own. */
    static JsonFactoryBuilder factory() {
        return new JsonFactoryBuilder().recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool());
    }

    public static byte[] bytes(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(value.getClass().getSimpleName() + " cannot be written as JSON", e);
        }
    }

    public static void answer(Context context, Object value) {
        answer(context, value, "application/json");
    }

    /** Money moves: an answer is not to be kept by anything between here and the caller. */
    public static void answer(Context context, Object value, String contentType) {
        context.header(Header.CACHE_CONTROL, "no-store");
        context.contentType(contentType).result(bytes(value));
    }
}
