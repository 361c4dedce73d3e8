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
 * @param inputs how many earlier features it is computed on; 0 for a kernel of the market
 * @param minWindowMicros the shortest window; 0 when it has none
 * @param params its parameters
 * @param bind makes it from checked arguments
 */
public record KernelDefinition(
        String name,
        Set<InputSource> reads,
        int inputs,
        long minWindowMicros,
        List<KernelParam> params,
        Function<KernelArguments, Kernel> bind) {

    /** A kernel of the market. */
    KernelDefinition(
            String name,
            Set<InputSource> reads,
            long minWindowMicros,
            List<KernelParam> params,
            Function<KernelArguments, Kernel> bind) {
        this(name, reads, 0, minWindowMicros, params, bind);
    }

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

    /** A kernel of one earlier feature's values over a window of whole cadences of it. */
    static KernelDefinition ofSeries(String name, SeriesBinding bind) {
        return new KernelDefinition(
                name,
                Set.of(),
                1,
                1,
                List.of(),
                arguments -> {
                    KernelInput input = arguments.inputs().get(0);
                    return bind.of(
                            input.feature(),
                            (int) (arguments.windowMicros() / input.cadenceMicros()),
                            arguments.windowMicros());
                });
    }

    /** Makes a kernel of a feature's values. */
    @FunctionalInterface
    interface SeriesBinding {
        Kernel of(int feature, int steps, long windowMicros);
    }
}
