/** Broker accounts over HTTP: what callers ask of the desk, and the workers that renew tokens. */
package io.bursar.service.desk;
