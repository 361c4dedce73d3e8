package io.tidemark.schemas.registry;

/**
 * One thing wrong with a registry file.
 *
 * @param line from 1; 0 when the file as a whole is meant
 * @param message what was wanted and what came
 */
public record RegistryProblem(int line, String message) {
    @Override
    public String toString() {
        return "line " + line + ": " + message;
    }
}
