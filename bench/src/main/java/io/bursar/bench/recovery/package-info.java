/** How long nothing is decided after an instance was lost. */
package io.bursar.bench.recovery;
