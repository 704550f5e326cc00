package io.bursar.service.http;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.HttpStatus;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Locale;

/** Reads JSON strictly: one value, no field twice, bounded in size and depth. */
public final class RequestBody {
    public static final String JSON = "application/json";
    public static final String NDJSON = "application/x-ndjson";

    /** The longest command has thousands of limits in it. */
    private static final int MAX_COMMAND_BYTES = 256 << 10;

    /** A batch of a thousand commands. */
    private static final int MAX_BYTES = 1 << 20;

    private static final String BYTES = "bursar.body";
    private static final int MAX_DEPTH = 10;
    private static final int MAX_TEXT = 10_000;
    private static final int MAX_NUMBER = 40;

    private static final JsonMapper MAPPER = JsonMapper.builder(Json.factory()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxStringLength(MAX_TEXT)
                            .maxNumberLength(MAX_NUMBER)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private RequestBody() {}

    /** The body of one command; an empty object when there is none. */
    public static JsonNode ofCommand(Context context) {
        var bytes = bytes(context);
        if (bytes.length == 0) {
            return MAPPER.createObjectNode();
        }
        requireType(context, JSON);
        if (bytes.length > MAX_COMMAND_BYTES) {
            throw tooLarge("the body has " + bytes.length + " bytes: a command has at most " + MAX_COMMAND_BYTES);
        }
        return parse(bytes);
    }

    /** The body as it came, of a megabyte at most; the first call reads it. */
    public static byte[] bytes(Context context) {
        byte[] bytes = context.attribute(BYTES);
        if (bytes == null) {
            bytes = read(context.req());
            context.attribute(BYTES, bytes);
        }
        return bytes;
    }

    /** With a buffer of the body's own length: a buffer of the usual size would be most of what a command costs in memory. */
    private static byte[] read(HttpServletRequest request) {
        try {
            long told = request.getContentLengthLong();
            var bytes = request.getInputStream()
                    .readNBytes((int) (told < 0 ? MAX_BYTES + 1 : Math.min(told, MAX_BYTES + 1)));
            if (bytes.length > MAX_BYTES) {
                throw tooLarge("the body has more than " + MAX_BYTES + " bytes");
            }
            return bytes;
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.of(HttpStatus.BAD_REQUEST, "body_is_incomplete", "the body could not be read to its end"));
        }
    }

    private static ProblemException tooLarge(String detail) {
        return new ProblemException(Problem.of(HttpStatus.CONTENT_TOO_LARGE, "content_too_large", detail));
    }

    /** The media type of the body, one of these. */
    public static String requireType(Context context, String... allowed) {
        var given = context.contentType() == null ? "" : context.contentType();
        var bare = given.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        for (var type : allowed) {
            if (type.equals(bare)) {
                return type;
            }
        }
        throw new ProblemException(Problem.of(
                HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                "unsupported_media_type",
                Header.CONTENT_TYPE + " is '" + bare + "': it must be " + String.join(" or ", allowed)));
    }

    public static JsonNode parse(byte[] bytes) {
        try {
            return MAPPER.readTree(bytes);
        } catch (JsonProcessingException e) {
            throw new ProblemException(Problem.of(
                    HttpStatus.BAD_REQUEST, "body_is_no_json", "the body is no JSON that is taken: " + sentence(e)));
        } catch (IOException e) {
            throw new ProblemException(Problem.of(
                    HttpStatus.BAD_REQUEST, "body_is_no_json", "the body is no JSON that is taken: it is not UTF-8"));
        }
    }

    /** Where and what, in our own words: the parser's name its classes. */
    private static String sentence(JsonProcessingException e) {
        var at = e.getLocation();
        var where = at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
        return where
                + switch (e) {
                    case MismatchedInputException trailing -> "more follows after its end";
                    case StreamConstraintsException tooMuch ->
                        "it is nested deeper than " + MAX_DEPTH + ", or a text or a number is too long";
                    case JsonParseException broken
                    when broken.getOriginalMessage().startsWith("Duplicate") -> "a field is there twice";
                    default -> "JSON does not go on like this";
                };
    }
}
