/** The databases that the journal is carried to. */
package io.bursar.cli.sinks;
