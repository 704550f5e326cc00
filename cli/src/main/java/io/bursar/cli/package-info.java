/** The {@code bursar} command. One class per subcommand; what they do is done by the other modules. */
package io.bursar.cli;
