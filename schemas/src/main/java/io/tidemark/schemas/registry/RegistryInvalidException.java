package io.tidemark.schemas.registry;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** A registry that is refused, with everything that is wrong with it. */
public final class RegistryInvalidException extends IllegalArgumentException {
    private final transient List<RegistryProblem> problems;

    /**
     * @param problems at least one; sorted by line here
     */
    public RegistryInvalidException(List<RegistryProblem> problems) {
        super(
                sorted(problems).stream()
                        .map(p -> "\n  - " + p)
                        .collect(Collectors.joining("", "invalid feature registry:", "")));
        this.problems = sorted(problems);
    }

    /** Everything that is wrong, by line. */
    public List<RegistryProblem> problems() {
        return problems;
    }

    private static List<RegistryProblem> sorted(List<RegistryProblem> problems) {
        return problems.stream().sorted(Comparator.comparingInt(RegistryProblem::line)).toList();
    }
}
