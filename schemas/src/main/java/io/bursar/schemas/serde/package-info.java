/**
 * The wire format of every topic: byte 0, the schema's id as four bytes, Avro binary; the schemas come from a registry
 * that speaks Confluent's REST API.
 *
 * <p>{@link io.bursar.schemas.serde.AvroSerde} is for ordinary Kafka clients. {@link
 * io.bursar.schemas.serde.RecordDecoder} and {@link io.bursar.schemas.serde.RecordEncoder} are the same for code that
 * owns its threads, {@link io.bursar.schemas.serde.FastWriter} and {@link io.bursar.schemas.serde.FastReader} for bytes
 * that no other program sees.
 */
package io.bursar.schemas.serde;
