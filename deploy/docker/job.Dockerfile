# Flink with the feature job's jar and this project's cluster settings: JobManager, TaskManager and job submission alike.
# Build from the checkout after `mvn -B package`:  docker build -f deploy/docker/job.Dockerfile -t tidemark-job .
# A Flink 1.20 image with Java 17; pin it to a digest of your registry.
ARG FLINK_IMAGE=flink:1.20-scala_2.12-java17
FROM ${FLINK_IMAGE}

# One version of Log4j with the JSON layout the logging file names, instead of the image's without it.
RUN rm -f /opt/flink/lib/log4j-*.jar
COPY --chown=flink:flink cluster/target/flink/lib/log4j-*.jar /opt/flink/lib/
COPY --chown=flink:flink flink-conf/ /opt/flink/conf/
# In a container the foreground process logs to standard output, as JSON.
COPY --chown=flink:flink flink-conf/log4j-json.properties /opt/flink/conf/log4j-console.properties
COPY --chown=flink:flink job/target/tidemark-job.jar /opt/flink/usrlib/tidemark-job.jar
COPY --chown=flink:flink deploy/docker/submit.sh /opt/flink/bin/tidemark-submit.sh
RUN mkdir -p /var/lib/tidemark/checkpoints /var/lib/tidemark/savepoints /var/lib/tidemark/archive \
    && chown -R flink:flink /var/lib/tidemark

USER flink
