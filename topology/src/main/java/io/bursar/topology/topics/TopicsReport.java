package io.bursar.topology.topics;

import java.util.List;
import java.util.stream.Stream;

/**
 * What {@link TopicAdmin#create} did and found. Whether differences are a failure is the caller's decision.
 *
 * @param created names of the topics that were missing and now exist
 * @param unchanged names of the topics that already were as specified
 * @param differences of the topics that already existed but are not as specified; they were left as they are
 */
public record TopicsReport(List<String> created, List<String> unchanged, List<TopicDifference> differences) {
    public TopicsReport {
        created = List.copyOf(created);
        unchanged = List.copyOf(unchanged);
        differences = List.copyOf(differences);
    }

    /** One line per topic that was created or is as specified, and per difference. */
    public List<String> describe() {
        return Stream.of(
                        created.stream().map("created %s"::formatted),
                        unchanged.stream().map("exists %s"::formatted),
                        differences.stream().map("differs %s"::formatted))
                .flatMap(lines -> lines)
                .toList();
    }
}
