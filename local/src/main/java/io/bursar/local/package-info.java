/**
 * The stack of one machine: a real Kafka broker, a real schema registry and Bursar, each a process of its own on the
 * loopback address, under one supervisor.
 *
 * <p>{@link io.bursar.local.Stack} runs a stack inside the calling process; {@link io.bursar.local.StackClient} starts
 * and controls one that outlives it. Both keep everything under one data folder.
 */
package io.bursar.local;
