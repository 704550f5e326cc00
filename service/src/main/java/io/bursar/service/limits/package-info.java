/** How often each API key may ask: at one instance, or over all that share a Redis. */
package io.bursar.service.limits;
