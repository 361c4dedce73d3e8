package io.tidemark.features.kernel;

import io.tidemark.schemas.registry.InputSource;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongFunction;

/**
 * A kernel as a registry knows it.
 *
 * @param name the registry's {@code function}
 * @param reads the sources it may be fed from; empty when it needs none and any may be named
 * @param minWindowMicros the shortest window; 0 when it has none
 * @param params its parameters
 * @param bind makes it from checked arguments
 */
public record KernelDefinition(
        String name,
        Set<InputSource> reads,
        long minWindowMicros,
        List<KernelParam> params,
        Function<KernelArguments, Kernel> bind) {

    /** Whether it looks at a window. */
    public boolean windowed() {
        return minWindowMicros > 0;
    }

    static KernelDefinition ofTrades(
            String name, long minWindowMicros, LongFunction<? extends Kernel> bind) {
        return new KernelDefinition(
                name,
                Set.of(InputSource.TRADES),
                minWindowMicros,
                List.of(),
                arguments -> bind.apply(arguments.windowMicros()));
    }

    static KernelDefinition ofBook(
            String name, List<KernelParam> params, Function<KernelArguments, Kernel> bind) {
        return new KernelDefinition(name, Set.of(InputSource.ORDERBOOK), 0, params, bind);
    }
}
