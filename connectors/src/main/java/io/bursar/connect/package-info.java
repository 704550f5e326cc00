/** What all connectors share: reading the journal, trying again, and the settings for both. */
package io.bursar.connect;
