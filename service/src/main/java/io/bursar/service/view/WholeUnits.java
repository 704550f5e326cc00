package io.bursar.service.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.OptionalInt;

/**
 * The body of a journal entry with decimal text where it had counts of units. What has no known scale stands in {@code
 * unscaled} as the whole number that it was.
 */
final class WholeUnits {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Units units;

    WholeUnits(Units units) {
        this.units = units;
    }

    /**
     * @param body as {@link RecordJson} has it
     * @param instrument of the order that the entry is about, for bodies that name none; may be null
     */
    ObjectNode of(ObjectNode body, String instrument) {
        var scales = scales(body, instrument);
        var whole = NODES.objectNode();
        var unscaled = NODES.objectNode();
        for (var field : body.properties()) {
            var name = field.getKey();
            var value = field.getValue();
            switch (name) {
                case "scale" -> {}
                case "amount", "required", "available" -> put(name, value, scales.asset(), whole, unscaled);
                case "quantity" -> put(name, value, scales.base(), whole, unscaled);
                case "price", "limitPrice" -> put(name, value, scales.price(), whole, unscaled);
                case "notional", "costBasis", "realizedPnl" -> put(name, value, scales.quote(), whole, unscaled);
                case "fee" -> put(name, value, scales.fee(), whole, unscaled);
                case "takerFeeRate" -> whole.put(name, AccountView.feeRate(value.intValue()));
                // In the units of whatever field the rule speaks of.
                case "limit", "value" -> whole.put(name, value.asText());
                default -> whole.set(name, nested(value, scales.instrument()));
            }
        }
        if (!unscaled.isEmpty()) {
            whole.set("unscaled", unscaled);
        }
        return whole;
    }

    private JsonNode nested(JsonNode value, String instrument) {
        return switch (value) {
            case ObjectNode object -> of(object, instrument);
            case ArrayNode items -> {
                var whole = NODES.arrayNode();
                items.forEach(item -> whole.add(nested(item, instrument)));
                yield whole;
            }
            default -> value;
        };
    }

    private static void put(String name, JsonNode units, OptionalInt scale, ObjectNode whole, ObjectNode unscaled) {
        if (scale.isPresent()) {
            whole.put(name, Decimals.of(units.longValue(), scale.getAsInt()));
        } else {
            unscaled.put(name, units.asText());
        }
    }

    private record Scales(
            String instrument,
            OptionalInt asset,
            OptionalInt base,
            OptionalInt quote,
            OptionalInt price,
            OptionalInt fee) {}

    private Scales scales(ObjectNode content, String outerInstrument) {
        var instrument = instrument(content, outerInstrument);
        var terms = instrument == null ? null : units.terms(instrument);
        var quote = terms == null ? OptionalInt.empty() : OptionalInt.of(terms.getQuoteScale());
        return new Scales(
                instrument,
                content.has("scale")
                        ? OptionalInt.of(content.get("scale").intValue())
                        : scaleOf(content.path("asset").textValue()),
                terms == null ? OptionalInt.empty() : OptionalInt.of(terms.getBaseScale()),
                quote,
                terms == null ? OptionalInt.empty() : OptionalInt.of(terms.getPriceScale()),
                content.has("feeAsset") ? scaleOf(content.get("feeAsset").textValue()) : quote);
    }

    /** What a settled fill came to stands beside the fill. */
    private static String instrument(ObjectNode content, String outer) {
        var own = content.path("instrument").textValue();
        var ofFill = content.path("fill").path("instrument").textValue();
        return own != null ? own : ofFill != null ? ofFill : outer;
    }

    private OptionalInt scaleOf(String asset) {
        return asset == null ? OptionalInt.empty() : units.scale(asset);
    }
}
