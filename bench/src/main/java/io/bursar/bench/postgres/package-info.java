/** The same job on PostgreSQL, which is what users would pick instead. */
package io.bursar.bench.postgres;
