/** What every route needs: what it demands of its callers, how it reads a request, and how it answers or refuses. */
package io.bursar.service.http;
