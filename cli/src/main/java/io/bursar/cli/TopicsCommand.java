package io.bursar.cli;

import io.bursar.topology.settings.Settings;
import io.bursar.topology.topics.TopicAdmin;
import io.bursar.topology.topics.Topics;
import io.bursar.topology.topics.TopicsReport;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code bursar topics}. */
@Command(
        name = "topics",
        description = "Makes and checks Bursar's topics.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = TopicsCommand.Create.class)
final class TopicsCommand {
    /** Makes the missing topics on the cluster that the settings name. */
    static TopicsReport create(Settings settings) {
        try (var admin = Admin.create(settings.kafkaAdmin())) {
            return new TopicAdmin(admin, Topics.from(settings)).create();
        }
    }

    /** {@code bursar topics create}. */
    @Command(
            name = "create",
            description = "Makes the topics that are missing, and says how the others differ from what they should be."
                    + " Exit code 1 when one differs. Takes any setting as a flag, such as --bootstrap.servers=HOST:PORT,"
                    + " --topic.prefix=TEXT, --partitions=NUMBER and --replication.factor=NUMBER.",
            mixinStandardHelpOptions = true)
    static final class Create implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Mixin
        private SettingsOptions settings;

        @Override
        public Integer call() {
            var report = create(settings.load());
            report.describe().forEach(spec.commandLine().getOut()::println);
            return report.differences().isEmpty() ? 0 : 1;
        }
    }
}
