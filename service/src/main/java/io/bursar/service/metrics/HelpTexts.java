package io.bursar.service.metrics;

import java.util.Map;

/** What Bursar's own metrics count, in a sentence for those who look at them; Kafka's have their documentation. */
final class HelpTexts {
    private static final Map<String, String> TEXTS = Map.ofEntries(
            Map.entry("account_balance_checks_total", "Commands for which it was checked whether there is enough."),
            Map.entry("reservation_created_total", "Orders accepted: each reserves what it may cost."),
            Map.entry("reservation_settled_total", "Fills settled."),
            Map.entry("reservation_expired_total", "Orders expired: what they still held was released."),
            Map.entry(
                    "trade_settled_total",
                    "Fills settled that name their trade: legs, so two for a trade of which both sides settled here."),
            Map.entry("order_rejected_total", "Orders rejected, by reason."),
            Map.entry("fill_suspended_total", "Fills suspended, by reason."),
            Map.entry("command_rejected_total", "Other commands rejected, by reason."),
            Map.entry("repeats_total", "Commands and fills that were decided before and changed nothing."),
            Map.entry("dead_letters_total", "Records that cannot be used, and commands on which the ledger failed."),
            Map.entry("core_failures_total", "Commands on which the ledger failed."),
            Map.entry("reply_address_ignored_total", "Commands that ask for a reply on a partition that there is not."),
            Map.entry("rows_forgotten_total", "Orders, executions and commands deleted because their time was over."),
            Map.entry(
                    "reference_records_refused_total",
                    "Assets and instruments that are malformed or would change a scale."),
            Map.entry(
                    "desk_refusals_total",
                    "Commands and token events about broker accounts that were refused, by reason."),
            Map.entry(
                    "desk_copy_records_refused_total",
                    "Broker accounts and refreshes that this instance could not read and does not show."),
            Map.entry(
                    "routing_publish_failures_total",
                    "How often what the router had given could not be told to other instances."),
            Map.entry(
                    "rate_limit_fallbacks_total",
                    "Requests that this instance counted alone against the limit of their key, as Redis did not answer."),
            Map.entry("access_refused_total", "Requests that their callers may not make, by reason."),
            Map.entry("audit_events_lost_total", "What should be in the audit, or known of keys' uses, and is not."),
            Map.entry("rocksdb_memory_bytes", "Memory of all stores in use, native; rocksdb.memory.mb bounds it."),
            Map.entry(
                    "registry_waiting_partitions",
                    "What waits because the schema registry cannot be reached: partitions, the start, reference data."));

    private HelpTexts() {}

    /** Null where there is none. */
    static String of(String name) {
        return TEXTS.get(name);
    }
}
