/** The description of the HTTP API. */
package io.bursar.service.openapi;
