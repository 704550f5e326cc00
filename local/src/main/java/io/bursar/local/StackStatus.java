package io.bursar.local;

import io.bursar.local.StackState.ComponentState;
import io.bursar.local.StackState.Condition;
import io.bursar.local.StackState.Phase;
import java.util.List;
import java.util.OptionalLong;

/**
 * A running stack as seen from outside.
 *
 * @param state what the stack says of itself
 * @param components what each of its components answers, in the order in which they start
 * @param supervisorBytes resident memory of the supervisor; empty when this system does not tell
 */
public record StackStatus(StackState state, List<ComponentStatus> components, OptionalLong supervisorBytes) {
    public StackStatus {
        components = List.copyOf(components);
    }

    /**
     * One component.
     *
     * @param state what the supervisor says of it
     * @param problem why it cannot serve; empty when it can
     * @param residentBytes memory of its process; empty when there is none or this system does not tell
     */
    public record ComponentStatus(ComponentState state, String problem, OptionalLong residentBytes) {
        public boolean isHealthy() {
            return problem.isEmpty();
        }
    }

    static StackStatus ask(StackState state) {
        return new StackStatus(
                state,
                state.components().stream().map(StackStatus::ask).toList(),
                ProcessMemory.residentBytes(state.supervisorPid()));
    }

    private static ComponentStatus ask(ComponentState component) {
        var memory = component.pid().map(ProcessMemory::residentBytes).orElse(OptionalLong.empty());
        return new ComponentStatus(component, problem(component), memory);
    }

    private static String problem(ComponentState component) {
        return component.condition() == Condition.FAILED
                ? component.message()
                : Health.problem(component.health()).orElse("");
    }

    /** Whether the whole stack runs and every component can serve. */
    public boolean isHealthy() {
        return state.phase() == Phase.RUNNING && components.stream().allMatch(ComponentStatus::isHealthy);
    }
}
