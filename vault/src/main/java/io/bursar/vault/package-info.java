/**
 * Keeps secrets at rest. {@link io.bursar.vault.Vault} seals and opens them, under master keys that {@link
 * io.bursar.vault.MasterKeys} gives: {@link io.bursar.vault.KeyFile} has them from a file, {@link
 * io.bursar.vault.EnvironmentKeys} from the environment. {@link io.bursar.vault.OlderForm} and {@link
 * io.bursar.vault.PrivateKeys} are for what comes from elsewhere.
 *
 * <p>No text of an exception and no {@code toString} here holds anything of a secret or a key. What is overwritten is
 * the arrays of this package; what the JVM's ciphers copy lies in memory until it is collected.
 */
package io.bursar.vault;
