package io.bursar.cli.scenario;

import io.bursar.schemas.Asset;
import io.bursar.schemas.Instrument;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads scenario files. {@code docs/scenarios.md} is the reference of their format. */
public final class ScenarioParser {
    static final Set<String> FIELDS =
            Set.of("scenario", "about", "clock", "accounts", "assets", "instruments", "steps");

    static final Set<String> ASSET_FIELDS = Set.of("scale", "listed");

    static final Set<String> INSTRUMENT_FIELDS =
            Set.of("baseAsset", "quoteAsset", "priceScale", "tickSize", "lotSize", "market", "listed");

    /** The account of files that name none. */
    private static final String ONLY_ACCOUNT = "A";

    private static final int MAX_SCALE = 18;

    private final String file;
    private final List<String> faults = new ArrayList<>();
    private final Map<String, Asset> assets = new LinkedHashMap<>(Catalogue.DEFAULT.assets());
    private final Map<String, Instrument> instruments = new LinkedHashMap<>(Catalogue.DEFAULT.instruments());
    private final Set<String> unlisted = new HashSet<>();
    private List<String> accounts = List.of(ONLY_ACCOUNT);

    private ScenarioParser(String file) {
        this.file = file;
    }

    /**
     * The scenario in a file.
     *
     * @throws IOException when the file cannot be read
     * @throws ScenarioException with everything in it that cannot be understood
     */
    public static Scenario parse(Path file) throws IOException {
        return parse(file.toString(), Files.readString(file, StandardCharsets.UTF_8));
    }

    /**
     * The scenario in a text.
     *
     * @param file what messages call it
     * @throws ScenarioException with everything in it that cannot be understood
     */
    public static Scenario parse(String file, String yaml) {
        return new ScenarioParser(file).read(yaml);
    }

    private Scenario read(String yaml) {
        try {
            return read(YamlNode.fields(YamlReader.read(yaml), "a scenario"));
        } catch (Fault fault) {
            add(fault, 1);
            throw new ScenarioException(faults);
        }
    }

    private Scenario read(List<YamlNode.Field> given) {
        var fields = new LinkedHashMap<String, YamlNode>();
        for (var field : given) {
            if (!FIELDS.contains(field.name())) {
                throw Fault.at(
                        field.line(),
                        "field \"" + field.name() + "\" is not known; a scenario has: "
                                + String.join(", ", FIELDS.stream().sorted().toList()));
            }
            fields.put(field.name(), field.value());
        }
        var title = YamlNode.text(required(fields, "scenario"), "scenario");
        if (fields.containsKey("about")) {
            YamlNode.text(fields.get("about"), "about");
        }
        boolean exactClock = exactClock(fields.get("clock"));
        readAccounts(fields.get("accounts"));
        readAssets(fields.get("assets"));
        readInstruments(fields.get("instruments"));
        if (!faults.isEmpty()) {
            throw new ScenarioException(faults);
        }
        var catalogue = new Catalogue(assets, instruments, unlisted);
        var items = YamlNode.items(required(fields, "steps"), "steps");
        var steps = new StepParser(catalogue, accounts, items);
        var read = new ArrayList<Step>();
        for (var item : items) {
            tryTo(item.line(), () -> steps.step(item).ifPresent(read::add));
        }
        if (!faults.isEmpty()) {
            throw new ScenarioException(faults);
        }
        return new Scenario(file, title, exactClock, accounts, catalogue, read, steps.length());
    }

    private static YamlNode required(Map<String, YamlNode> fields, String name) {
        var node = fields.get(name);
        if (node == null) {
            throw Fault.at(1, "field \"" + name + "\" is missing");
        }
        return node;
    }

    private static boolean exactClock(YamlNode node) {
        if (node == null) {
            return false;
        }
        var text = YamlNode.text(node, "clock");
        return switch (text) {
            case "any" -> false;
            case "exact" -> true;
            default -> throw Fault.at(node.line(), "clock \"" + text + "\" must be any or exact");
        };
    }

    private void readAccounts(YamlNode node) {
        if (node == null) {
            return;
        }
        var names = new ArrayList<String>();
        for (var item : YamlNode.items(node, "accounts")) {
            tryTo(item.line(), () -> {
                var name = Ids.named("account", YamlNode.text(item, "account"));
                if (Verb.of(name).isPresent()) {
                    throw Fault.of("account", name, "must not be the name of a command");
                }
                if (names.contains(name)) {
                    throw Fault.of("account", name, "is given twice");
                }
                names.add(name);
            });
        }
        if (names.isEmpty()) {
            throw Fault.at(node.line(), "accounts must name at least one account");
        }
        accounts = names;
    }

    private void readAssets(YamlNode node) {
        if (node == null) {
            return;
        }
        for (var field : YamlNode.fields(node, "assets")) {
            tryTo(field.line(), () -> {
                var id = Ids.named("asset", field.name());
                if (field.value() instanceof YamlNode.Text text) {
                    assets.put(id, new Asset(id, scale("scale", text.text())));
                } else {
                    var table = new Definition(field, ASSET_FIELDS);
                    assets.put(id, new Asset(id, scale("scale", table.required("scale"))));
                    markListed(id, table);
                }
            });
        }
    }

    private void readInstruments(YamlNode node) {
        if (node != null) {
            for (var field : YamlNode.fields(node, "instruments")) {
                tryTo(field.line(), () -> readInstrument(field));
            }
        }
    }

    private void readInstrument(YamlNode.Field field) {
        var id = Ids.named("instrument", field.name());
        var table = new Definition(field, INSTRUMENT_FIELDS);
        var base = asset("baseAsset", table.required("baseAsset"));
        var quote = asset("quoteAsset", table.required("quoteAsset"));
        int priceScale = scale("priceScale", table.required("priceScale"));
        var tickSize = table.optional("tickSize");
        var lotSize = table.optional("lotSize");
        instruments.put(
                id,
                new Instrument(
                        id,
                        base.getId(),
                        quote.getId(),
                        priceScale,
                        tickSize == null ? null : Amounts.positive("tickSize", tickSize, priceScale),
                        lotSize == null ? null : Amounts.positive("lotSize", lotSize, base.getScale()),
                        table.optional("market")));
        markListed(id, table);
    }

    private void markListed(String id, Definition table) {
        var listed = table.optional("listed");
        if (listed == null || listed.equals("true")) {
            return;
        }
        if (!listed.equals("false")) {
            throw Fault.of("listed", listed, "must be true or false");
        }
        unlisted.add(id);
    }

    private Asset asset(String field, String id) {
        var asset = assets.get(id);
        if (asset == null) {
            throw Fault.of(field, id, "is not an asset of this scenario; define it under assets");
        }
        return asset;
    }

    private static int scale(String field, String text) {
        if (text.matches("\\d{1,2}") && Integer.parseInt(text) <= MAX_SCALE) {
            return Integer.parseInt(text);
        }
        throw Fault.of(field, text, "must be a whole number from 0 to " + MAX_SCALE);
    }

    private void tryTo(int line, Runnable reading) {
        try {
            reading.run();
        } catch (Fault fault) {
            add(fault, line);
        }
    }

    private void add(Fault fault, int line) {
        faults.add(file + ":" + fault.lineOr(line) + ": " + fault.getMessage());
    }

    /** The table that defines one asset or instrument. */
    private record Definition(YamlNode.Field field, Map<String, String> values) {
        Definition(YamlNode.Field field, Set<String> allowed) {
            this(field, values(field, allowed));
        }

        private static Map<String, String> values(YamlNode.Field field, Set<String> allowed) {
            var values = new LinkedHashMap<String, String>();
            for (var entry : YamlNode.fields(field.value(), field.name())) {
                if (!allowed.contains(entry.name())) {
                    throw Fault.at(
                            entry.line(),
                            "field \"" + entry.name() + "\" of " + field.name() + " is not known; there are: "
                                    + String.join(
                                            ", ", allowed.stream().sorted().toList()));
                }
                values.put(entry.name(), YamlNode.text(entry.value(), entry.name()));
            }
            return values;
        }

        String optional(String name) {
            return values.get(name);
        }

        String required(String name) {
            var value = values.get(name);
            if (value == null) {
                throw Fault.at(field.line(), "field \"" + name + "\" of " + field.name() + " is missing");
            }
            return value;
        }
    }
}
