# The model server.
# Build from the checkout after `mvn -B package`:  docker build -f deploy/docker/server.Dockerfile -t tidemark-server .
ARG JAVA_IMAGE=eclipse-temurin:17-jre
FROM ${JAVA_IMAGE}

RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin tidemark
COPY model-server/target/lib/ /opt/tidemark/lib/
COPY model-server/target/tidemark-model-server-*.jar /opt/tidemark/lib/

USER 10001
EXPOSE 8080
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=70", "-XX:+ExitOnOutOfMemoryError", "-Duser.timezone=UTC", "-Djava.io.tmpdir=/tmp", "-cp", "/opt/tidemark/lib/*", "io.tidemark.server.ServerMain"]
