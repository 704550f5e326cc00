package io.bursar.local;

import io.bursar.local.StackState.ComponentState;
import io.bursar.local.StackState.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Keeps one component running: starts it once what it needs is ready, finds out when it is ready itself, and from then
 * on starts it again when it ends by itself. A thread of its own does this; all methods are safe for any thread.
 */
final class ManagedComponent {
    private static final Duration BETWEEN_HEALTH_CHECKS = Duration.ofMillis(50);
    /** A restart may have a journal to restore: as long as its process lives, it is left to it. */
    private static final Duration UNLIMITED = Duration.ofSeconds(Long.MAX_VALUE);

    private final Component component;
    private final LogFile log;
    private final RestartBackoff backoff;
    private final Runnable onChange;
    private final CompletableFuture<Void> needed;
    private final CompletableFuture<Void> firstReady = new CompletableFuture<>();
    private final Thread thread;

    // Guarded by this.
    private Condition condition = Condition.WAITING;
    private String message = "";
    private ChildProcess child;
    private Instant readyAt;
    private int restarts;
    private boolean stopRequested;

    /** Why it was not ready when it was asked last; of its own thread. */
    private String lastProblem = "";

    /**
     * @param needs what must have been ready before this one starts
     * @param onChange called after every change of {@link #state()}
     */
    ManagedComponent(
            Component component, LogFile log, RestartBackoff backoff, List<ManagedComponent> needs, Runnable onChange) {
        this.component = component;
        this.log = log;
        this.backoff = backoff;
        this.onChange = onChange;
        this.needed = CompletableFuture.allOf(
                needs.stream().map(ManagedComponent::firstReady).toArray(CompletableFuture[]::new));
        this.thread = new Thread(this::run, "supervise-" + component.name());
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    ComponentName name() {
        return component.name();
    }

    /**
     * Completes when the component has been ready for the first time, or with a {@link StackException} when it ended,
     * took too long or was stopped before that.
     */
    CompletableFuture<Void> firstReady() {
        return firstReady;
    }

    synchronized ComponentState state() {
        var alive = Optional.ofNullable(child).filter(ChildProcess::isAlive);
        return new ComponentState(
                component.name(),
                condition,
                alive.map(ChildProcess::pid),
                component.port(),
                component.health(),
                alive.map(ChildProcess::startedAt),
                Optional.ofNullable(readyAt),
                restarts,
                message);
    }

    /** Ends the component for good, within its time to stop. Returns when no process of it is left. */
    void stop() throws InterruptedException {
        ChildProcess last;
        synchronized (this) {
            stopRequested = true;
            last = child;
        }
        if (last != null && last.isAlive()) {
            changeTo(Condition.STOPPING);
            last.stop();
        }
        thread.interrupt();
        thread.join();
        firstReady.completeExceptionally(stopped());
        if (!hasFailed()) {
            changeTo(Condition.STOPPED);
        }
    }

    private static StackException stopped() {
        return new StackException("The stack was stopped before it was ready.");
    }

    private void run() {
        try {
            needed.join();
            var first = launch();
            requireReady(first);
            firstReady.complete(null);
            keepRunning(first);
        } catch (CompletionException e) {
            // What it needs never became ready and says so itself; this one stays where it is.
            firstReady.completeExceptionally(e.getCause());
        } catch (InterruptedException e) {
            firstReady.completeExceptionally(stopped());
        } catch (StackException e) {
            changeTo(Condition.FAILED, e.getMessage());
            firstReady.completeExceptionally(e);
        }
    }

    private void requireReady(ChildProcess first) throws InterruptedException {
        if (awaitReadiness(first, component.startWithin())) {
            return;
        }
        if (isStopRequested()) {
            throw stopped();
        }
        if (first.isAlive()) {
            first.kill();
            throw new StackException("The " + component.name() + " was not ready within "
                    + component.startWithin().toSeconds() + " s: " + lastProblem + ".");
        }
        throw new StackException(first.awaitEnd() + " before it was ready.");
    }

    private void keepRunning(ChildProcess first) throws InterruptedException {
        var running = first;
        while (true) {
            var death = running.awaitEnd();
            if (isStopRequested()) {
                return;
            }
            var pause = backoff.afterDeath(running.age());
            if (pause.isEmpty()) {
                changeTo(Condition.FAILED, death + " again and again; it is not started any more.");
                return;
            }
            changeTo(Condition.RESTARTING, death + ".");
            Thread.sleep(pause.get());
            running = launch();
            synchronized (this) {
                restarts++;
            }
            awaitReadiness(running, UNLIMITED);
        }
    }

    private ChildProcess launch() throws InterruptedException {
        synchronized (this) {
            if (stopRequested) {
                throw new InterruptedException("stop requested");
            }
            child = ChildProcess.start(component, log);
            readyAt = null;
        }
        changeTo(Condition.STARTING);
        return child;
    }

    /** Whether the process became ready in time; if it did not, it has ended or takes too long. */
    private boolean awaitReadiness(ChildProcess starting, Duration limit) throws InterruptedException {
        while (starting.isAlive() && starting.age().compareTo(limit) < 0) {
            var problem = Health.problem(component.health());
            if (problem.isPresent()) {
                lastProblem = problem.get();
            } else {
                synchronized (this) {
                    readyAt = Instant.now();
                }
                changeTo(Condition.READY);
                return true;
            }
            Thread.sleep(BETWEEN_HEALTH_CHECKS);
        }
        return false;
    }

    private void changeTo(Condition next) {
        synchronized (this) {
            condition = next;
        }
        onChange.run();
    }

    private void changeTo(Condition next, String why) {
        synchronized (this) {
            message = why;
        }
        changeTo(next);
    }

    private synchronized boolean isStopRequested() {
        return stopRequested;
    }

    private synchronized boolean hasFailed() {
        return condition == Condition.FAILED;
    }
}
