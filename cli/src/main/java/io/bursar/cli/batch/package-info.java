/** Commands out of a file, sent to the API many at a time. */
package io.bursar.cli.batch;
