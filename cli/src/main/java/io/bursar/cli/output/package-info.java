/** How answers are written: aligned columns, JSON, or CSV. */
package io.bursar.cli.output;
