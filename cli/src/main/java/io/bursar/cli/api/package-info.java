/** The HTTP API as the command line uses it: where it is, one request and its answer, the events of an account. */
package io.bursar.cli.api;
