package io.tidemark.cluster;

/** The two kinds of process, and how Flink's own scripts start them. */
enum Role {
    JOB_MANAGER(
            "jobmanager",
            "GET_JM_RESOURCE_PARAMS",
            "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint"),
    TASK_MANAGER(
            "taskmanager",
            "GET_TM_RESOURCE_PARAMS",
            "org.apache.flink.runtime.taskexecutor.TaskManagerRunner");

    private final String logName;
    private final String resourceCommand;
    private final String mainClass;

    Role(String logName, String resourceCommand, String mainClass) {
        this.logName = logName;
        this.resourceCommand = resourceCommand;
        this.mainClass = mainClass;
    }

    String logName() {
        return logName;
    }

    /** What asks Flink for the memory flags of such a process. */
    String resourceCommand() {
        return resourceCommand;
    }

    String mainClass() {
        return mainClass;
    }
}
