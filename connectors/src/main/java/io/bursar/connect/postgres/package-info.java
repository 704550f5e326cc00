/**
 * The journal in the tables of a PostgreSQL database, exactly once: rows and the offset from which to go on are written
 * in one transaction.
 */
package io.bursar.connect.postgres;
