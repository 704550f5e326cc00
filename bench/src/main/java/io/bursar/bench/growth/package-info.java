/** What changes with the number of open orders. */
package io.bursar.bench.growth;
