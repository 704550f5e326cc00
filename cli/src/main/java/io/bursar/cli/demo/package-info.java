/**
 * {@code bursar demo}: an order flow, generated in {@code exchange} or read in {@code lobster}, is replayed through a
 * running stack by {@code replay}, and {@code proof} shows that the books are right.
 */
package io.bursar.cli.demo;
