/**
 * Scenarios: cases of an account ledger in YAML, written and read by people who trade. {@link
 * io.bursar.cli.scenario.ScenarioParser} reads a file, {@link io.bursar.cli.scenario.ScenarioRunner} plays it on a {@link
 * io.bursar.cli.scenario.Stage} and tells what differs.
 */
package io.bursar.cli.scenario;
