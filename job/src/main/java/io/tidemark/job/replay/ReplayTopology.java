package io.tidemark.job.replay;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A replay on one page.
 *
 * <pre>
 *  symbol-parts ─▶ chains-of-symbols ─(slices in turn)─▶ rows-of-slices ─▶ rows written
 * </pre>
 */
final class ReplayTopology {
    private ReplayTopology() {}

    /** Defines it; the stream counts the rows of each slice. */
    static DataStream<Long> define(StreamExecutionEnvironment environment, ReplayRequest request) {
        int parts = request.parts(environment.getParallelism());
        List<Integer> all = IntStream.range(0, parts).boxed().toList();
        DataStream<SliceTask> slices =
                environment
                        .fromData(Types.INT, all.toArray(Integer[]::new))
                        .uid("symbol-parts")
                        .name("symbol-parts")
                        .rebalance()
                        .flatMap(new ChainsOfSymbols(request, parts))
                        .returns(Types.POJO(SliceTask.class))
                        .uid("chains-of-symbols")
                        .name("chains-of-symbols");
        return slices.rebalance()
                .flatMap(new RowsOfSlices(request, parts))
                .returns(Types.LONG)
                .uid("rows-of-slices")
                .name("rows-of-slices");
    }
}
