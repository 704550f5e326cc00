/**
 * Who may use the HTTP API: keys, what each may do, and the record of what was done and refused. It knows nothing of the
 * routes; they name the {@link io.bursar.service.security.Access} that they need.
 */
package io.bursar.service.security;
