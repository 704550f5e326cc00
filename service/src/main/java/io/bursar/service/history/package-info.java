/** What only the tables of the journal know; they are filled by the sink of {@code connectors/}. */
package io.bursar.service.history;
