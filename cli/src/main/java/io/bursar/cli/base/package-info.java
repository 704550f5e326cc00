/** What commands are made of: the kinds of requests to the HTTP API, and options that several of them have. */
package io.bursar.cli.base;
