/** What is computed from measurements. */
package io.bursar.bench.figures;
