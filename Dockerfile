# Two images: Bursar (target bursar) and a Kafka Connect worker with its connectors (target connect).

FROM maven:3.9.11-eclipse-temurin-25 AS build
WORKDIR /bursar
COPY . .
RUN mvn -B -ntp -DskipTests -pl cli,connectors -am package

FROM eclipse-temurin:25-jre AS bursar
RUN useradd --system --uid 10001 bursar && install -d -o bursar /var/lib/bursar
COPY --from=build /bursar/cli/target/bursar-cli.jar /opt/bursar/bursar-cli.jar
COPY --from=build /bursar/cli/target/lib /opt/bursar/lib
COPY --chmod=755 docker/bursar.sh /usr/local/bin/bursar
USER bursar
VOLUME /var/lib/bursar
EXPOSE 8080
ENTRYPOINT ["bursar"]
CMD ["run", "--create-topics"]

FROM apache/kafka:4.3.1 AS connect
COPY --from=build /bursar/connectors/target/plugin /opt/bursar/plugin
COPY connectors/configs /opt/bursar/configs
COPY docker/connect.properties /opt/bursar/connect.properties
# The user of the image it comes from is not root.
EXPOSE 8083
ENTRYPOINT ["/opt/kafka/bin/connect-standalone.sh", "/opt/bursar/connect.properties"]
CMD ["/opt/bursar/configs/postgres-sink.json", "/opt/bursar/configs/desk-sink.json", "/opt/bursar/configs/redis-sink.json"]
