/** What is measured: a broker and a registry as processes, and Bursar on them. */
package io.bursar.bench.stack;
