/** {@code bursar suspended-fills}: fills that wait for an operator are looked at and decided about. */
package io.bursar.cli.suspendedfills;
