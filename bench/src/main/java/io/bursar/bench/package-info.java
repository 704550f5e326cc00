/** The command {@code bursar bench}. */
package io.bursar.bench;
