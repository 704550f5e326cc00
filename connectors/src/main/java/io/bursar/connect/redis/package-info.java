/** The journal's last values in the hashes of a Redis server: a cache that repeats and reordering do no harm. */
package io.bursar.connect.redis;
