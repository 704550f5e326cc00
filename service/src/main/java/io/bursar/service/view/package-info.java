/**
 * What the API answers with, as JSON shows it. Amounts are decimal text in whole units beside the asset that they count,
 * instants are ISO 8601 in UTC, and what is absent is left out.
 */
package io.bursar.service.view;
