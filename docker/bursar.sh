#!/bin/sh
# The command bursar in a container. `run` gets the JVM options that its settings ask for.
set -eu

jar=/opt/bursar/bursar-cli.jar
options=""
if [ "${1:-}" = run ]; then
  options="$(java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -jar "$jar" "$@" --jvm-options)"
fi
# Each word is one option.
# shellcheck disable=SC2086
exec java --enable-native-access=ALL-UNNAMED $options -jar "$jar" "$@"
