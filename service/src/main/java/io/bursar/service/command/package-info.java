/**
 * Commands over HTTP: a request becomes a record on a topic of the ledger, and its answer is the decision that was
 * committed. Amounts come as decimal text in whole units and are exact in the asset's own, or refused.
 */
package io.bursar.service.command;
