/** How much memory and disk accounts and open orders take. */
package io.bursar.bench.memory;
