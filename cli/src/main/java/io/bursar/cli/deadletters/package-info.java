/** {@code bursar dead-letters}: what Bursar could not use is looked at and, after a repair, sent again. */
package io.bursar.cli.deadletters;
