/** {@code bursar journal} and {@code bursar restore}: the journal is the backup, and all state is made from it again. */
package io.bursar.cli.journal;
