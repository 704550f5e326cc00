/**
 * {@code bursar verify}: the journal of a running system is read and audited, and what it adds up to is compared with what
 * the stores of all instances hold.
 */
package io.bursar.cli.verify;
