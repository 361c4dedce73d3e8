package io.tidemark.features.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All kernels, by name. */
public final class Kernels {
    private static final Map<String, KernelDefinition> BY_NAME = byName();

    private Kernels() {}

    /** The kernel of that name; empty when there is none. */
    public static Optional<KernelDefinition> find(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** All names, sorted. */
    public static List<String> names() {
        return List.copyOf(BY_NAME.keySet());
    }

    private static Map<String, KernelDefinition> byName() {
        List<KernelDefinition> all = new ArrayList<>(BarKernels.all());
        all.addAll(
                List.of(
                        MidPrice.DEFINITION,
                        Spread.ABSOLUTE,
                        Spread.RELATIVE,
                        Returns.DEFINITION,
                        Vwap.DEFINITION,
                        Volume.DEFINITION,
                        SignedVolume.DEFINITION,
                        TradeCount.DEFINITION,
                        BuySellVolumeRatio.DEFINITION,
                        NetAggressorPressure.DEFINITION,
                        Volatility.DEFINITION,
                        Depth.BID,
                        Depth.ASK,
                        DepthImbalance.DEFINITION,
                        FundingRate.DEFINITION,
                        TimeToFunding.DEFINITION,
                        TimeOfDay.SIN,
                        TimeOfDay.COS,
                        Rolling.MEAN,
                        Rolling.STD,
                        Rolling.ZSCORE,
                        Rolling.MIN,
                        Rolling.MAX,
                        Earlier.LAG,
                        Earlier.DELTA,
                        LogReturns.DEFINITION,
                        RealisedVariance.DEFINITION,
                        BipowerVariation.DEFINITION,
                        OrderFlowImbalance.DEFINITION,
                        TradeSignAutocorrelation.DEFINITION,
                        Vpin.DEFINITION,
                        KyleLambda.DEFINITION,
                        AmihudIlliquidity.DEFINITION,
                        LargeTradeShare.DEFINITION,
                        InterArrival.MEAN,
                        InterArrival.VARIATION,
                        Microprice.PRICE,
                        Microprice.DEVIATION,
                        BookShape.BID_SLOPE,
                        BookShape.ASK_SLOPE,
                        BookShape.BID_CONVEXITY,
                        BookShape.ASK_CONVEXITY,
                        DepthWithin.BID,
                        DepthWithin.ASK,
                        ChurnRate.DEFINITION,
                        SpreadPercentile.DEFINITION,
                        Basis.DEFINITION,
                        MarkTradePremium.DEFINITION,
                        OpenInterestChange.DEFINITION,
                        FundingRateChange.DEFINITION,
                        DayOfWeek.DEFINITION,
                        Session.ASIA,
                        Session.EUROPE,
                        Session.US));
        Map<String, KernelDefinition> byName = new TreeMap<>();
        for (KernelDefinition definition : all) {
            if (byName.put(definition.name(), definition) != null) {
                throw new IllegalStateException("two kernels are named " + definition.name());
            }
        }
        return byName;
    }
}
