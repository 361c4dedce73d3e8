#!/usr/bin/env bash
# Submits the feature job to the JobManager once: does nothing while it runs there, and goes on from the newest complete
# checkpoint or savepoint where there is one. Settings come from TIDEMARK_* variables; $1 is JobManager:port.
set -euo pipefail
job_manager=$1
state=/var/lib/tidemark

if flink list -m "$job_manager" | grep -q 'tidemark-features'; then
    echo "the job is there already"
    exit 0
fi
newest=$(find "$state/checkpoints" "$state/savepoints" -name _metadata -printf '%T@ %h\n' | sort -n | tail -n 1 | cut -d' ' -f2-)
from=()
if [ -n "$newest" ]; then
    echo "going on from $newest"
    from=(-s "file://$newest")
fi
exec flink run -d -m "$job_manager" -p "${FLINK_PARALLELISM:-2}" "${from[@]}" \
    -c io.tidemark.job.features.FeatureJob /opt/flink/usrlib/tidemark-job.jar
