/**
 * The HTTP API. Queries are answered from this instance's stores, so they may show a decision some
 * milliseconds before its transaction commits and its journal entry can be read. An account's {@code sequence} is read
 * before anything else in an answer: what that entry left is in the answer, and possibly what came right after it.
 */
package io.bursar.service;
