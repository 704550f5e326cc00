/** What people see while a command works. */
package io.bursar.cli.progress;
