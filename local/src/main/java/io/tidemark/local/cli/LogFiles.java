package io.tidemark.local.cli;

import java.nio.file.Path;

/** Where logs go. Has effect before the first logger is made, and not when the user said so. */
final class LogFiles {
    private static final String CONFIGURATION = "log4j2.configurationFile";
    private static final String DIRECTORY = "tidemark.log.dir";
    private static final String BY_US = "tidemark.log.configured";

    private LogFiles() {}

    /** Warnings go to standard error. */
    static void toStandardError() {
        if (System.getProperty(CONFIGURATION) == null
                && System.getenv("LOG4J_CONFIGURATION_FILE") == null) {
            System.setProperty(BY_US, "true");
            System.setProperty(CONFIGURATION, "classpath:log4j2-tidemark-console.xml");
        }
    }

    /** Everything goes to a file of bounded size in the directory: the terminal has a table. */
    static void toDirectory(Path directory) {
        if (Boolean.getBoolean(BY_US)) {
            System.setProperty(DIRECTORY, directory.toAbsolutePath().toString());
            System.setProperty(CONFIGURATION, "classpath:log4j2-tidemark-file.xml");
        }
    }
}
