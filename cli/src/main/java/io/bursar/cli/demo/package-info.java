/**
 * {@code bursar demo}: an order flow, generated in {@code exchange} or read in {@code lobster}, is replayed through a
 * running stack by {@code replay}, which is then verified as {@code bursar verify} does.
 */
package io.bursar.cli.demo;
