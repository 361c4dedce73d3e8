package io.tidemark.features.pattern;

import io.tidemark.features.bar.BarFunction;
import io.tidemark.features.bar.Bars;
import java.util.Locale;

/**
 * The candle patterns of TA-Lib 0.4.0 with its default settings, exactly: 100 for a bullish one,
 * -100 for a bearish one, 0 for none, 200 and -200 for a confirmed Hikkake; no unit. Colours say
 * themselves nothing of a trend: like TA-Lib, these do not look for one.
 *
 * <p>Undefined until there are as many bars as TA-Lib wants, at most {@value #MAX_LOOKBACK}; always
 * computed from those alone, so never dependent on where a series began. O(bars), no allocation.
 *
 * <p>Source: TA-Lib 0.4.0 ({@code ta_CDL*.c}, BSD licence), after Morris, Candlestick Charting
 * Explained, and Chesler for the Hikkake.
 */
public enum CandlePattern implements BarFunction {
    /** Open and close nearly the same. */
    DOJI("CDLDOJI", 11, OneBarPatterns::doji),
    /** A doji at the top of its range. */
    DRAGONFLY_DOJI("CDLDRAGONFLYDOJI", 11, OneBarPatterns::dragonflyDoji),
    /** A doji at the bottom of its range. */
    GRAVESTONE_DOJI("CDLGRAVESTONEDOJI", 11, OneBarPatterns::gravestoneDoji),
    /** A doji with a long shadow. */
    LONG_LEGGED_DOJI("CDLLONGLEGGEDDOJI", 11, OneBarPatterns::longLeggedDoji),
    /** A long-legged doji with its body in the middle. */
    RICKSHAW_MAN("CDLRICKSHAWMAN", 11, OneBarPatterns::rickshawMan),
    /** A dragonfly doji with a very long lower shadow. */
    TAKURI("CDLTAKURI", 11, OneBarPatterns::takuri),
    /** A long body nearly without shadows. */
    MARUBOZU("CDLMARUBOZU", 11, OneBarPatterns::marubozu),
    /** A long body without a shadow at the close. */
    CLOSING_MARUBOZU("CDLCLOSINGMARUBOZU", 11, OneBarPatterns::closingMarubozu),
    /** A long body without a shadow at the open. */
    BELT_HOLD("CDLBELTHOLD", 11, OneBarPatterns::beltHold),
    /** A long body with short shadows. */
    LONG_LINE("CDLLONGLINE", 11, OneBarPatterns::longLine),
    /** A short body with short shadows. */
    SHORT_LINE("CDLSHORTLINE", 11, OneBarPatterns::shortLine),
    /** A short body between shadows longer than it. */
    SPINNING_TOP("CDLSPINNINGTOP", 11, OneBarPatterns::spinningTop),
    /** A short body between very long shadows. */
    HIGH_WAVE("CDLHIGHWAVE", 11, OneBarPatterns::highWave),
    /** A small body over a long lower shadow, near or below the low before. */
    HAMMER("CDLHAMMER", 12, TwoBarPatterns::hammer),
    /** A small body over a long lower shadow, near or above the high before. */
    HANGING_MAN("CDLHANGINGMAN", 12, TwoBarPatterns::hangingMan),
    /** A small body under a long upper shadow, below the body before. */
    INVERTED_HAMMER("CDLINVERTEDHAMMER", 12, TwoBarPatterns::invertedHammer),
    /** A small body under a long upper shadow, above the body before. */
    SHOOTING_STAR("CDLSHOOTINGSTAR", 12, TwoBarPatterns::shootingStar),
    /** A body around the whole of an opposite one. */
    ENGULFING("CDLENGULFING", 3, TwoBarPatterns::engulfing),
    /** A short body within a long one. */
    HARAMI("CDLHARAMI", 12, TwoBarPatterns::harami),
    /** A doji within a long body. */
    HARAMI_CROSS("CDLHARAMICROSS", 12, TwoBarPatterns::haramiCross),
    /** A short black body within a long black one. */
    HOMING_PIGEON("CDLHOMINGPIGEON", 12, TwoBarPatterns::homingPigeon),
    /** Two black bars with the same close. */
    MATCHING_LOW("CDLMATCHINGLOW", 7, TwoBarPatterns::matchingLow),
    /** A white bar from below the low to above the middle of a long black one. */
    PIERCING("CDLPIERCING", 12, TwoBarPatterns::piercing),
    /** A black bar from above the high to below the middle of a long white one. */
    DARK_CLOUD_COVER("CDLDARKCLOUDCOVER", 12, TwoBarPatterns::darkCloudCover),
    /** A white bar from below up to the low of a long black one. */
    ON_NECK("CDLONNECK", 12, NeckLinePatterns::onNeck),
    /** A white bar from below up to, or just over, the close of a long black one. */
    IN_NECK("CDLINNECK", 12, NeckLinePatterns::inNeck),
    /** A white bar from below into, not over, the middle of a long black one. */
    THRUSTING("CDLTHRUSTING", 12, NeckLinePatterns::thrusting),
    /** Two long opposite bars with the same close. */
    COUNTERATTACK("CDLCOUNTERATTACK", 12, NeckLinePatterns::counterattack),
    /** Two opposite bars with the same open, the second a belt hold. */
    SEPARATING_LINES("CDLSEPARATINGLINES", 12, NeckLinePatterns::separatingLines),
    /** Two opposite marubozus apart by a gap; the second says the sign. */
    KICKING("CDLKICKING", 12, NeckLinePatterns::kicking),
    /** Two opposite marubozus apart by a gap; the longer says the sign. */
    KICKING_BY_LENGTH("CDLKICKINGBYLENGTH", 12, NeckLinePatterns::kickingByLength),
    /** A doji that gaps from a long body. */
    DOJI_STAR("CDLDOJISTAR", 12, StarPatterns::dojiStar),
    /** A star below a long black bar, then a white one well into it. */
    MORNING_STAR("CDLMORNINGSTAR", 13, StarPatterns::morningStar),
    /** A morning star whose star is a doji. */
    MORNING_DOJI_STAR("CDLMORNINGDOJISTAR", 13, StarPatterns::morningDojiStar),
    /** A star above a long white bar, then a black one well into it. */
    EVENING_STAR("CDLEVENINGSTAR", 13, StarPatterns::eveningStar),
    /** An evening star whose star is a doji. */
    EVENING_DOJI_STAR("CDLEVENINGDOJISTAR", 13, StarPatterns::eveningDojiStar),
    /** A doji star that no shadow reaches. */
    ABANDONED_BABY("CDLABANDONEDBABY", 13, StarPatterns::abandonedBaby),
    /** Three dojis, the middle one apart. */
    TRISTAR("CDLTRISTAR", 13, StarPatterns::tristar),
    /** Three black bars, each within the one before. */
    THREE_STARS_IN_SOUTH("CDL3STARSINSOUTH", 13, StarPatterns::threeStarsInSouth),
    /** A long black bar, a black one that makes a new low, a small white one above it. */
    UNIQUE_THREE_RIVER("CDLUNIQUE3RIVER", 13, StarPatterns::uniqueThreeRiver),
    /** A long white bar, then two black ones, from above back into it. */
    TWO_CROWS("CDL2CROWS", 13, CrowAndSoldierPatterns::twoCrows),
    /** Three black bars that close at their lows, each lower. */
    THREE_BLACK_CROWS("CDL3BLACKCROWS", 14, CrowAndSoldierPatterns::threeBlackCrows),
    /** Three black crows that each open at the close before. */
    IDENTICAL_THREE_CROWS("CDLIDENTICAL3CROWS", 13, CrowAndSoldierPatterns::identicalThreeCrows),
    /** Two black bars that stay above a long white one. */
    UPSIDE_GAP_TWO_CROWS("CDLUPSIDEGAP2CROWS", 13, CrowAndSoldierPatterns::upsideGapTwoCrows),
    /** Three white bars that close at their highs, each higher. */
    THREE_WHITE_SOLDIERS("CDL3WHITESOLDIERS", 13, CrowAndSoldierPatterns::threeWhiteSoldiers),
    /** Three white bars that lose their strength. */
    ADVANCE_BLOCK("CDLADVANCEBLOCK", 13, CrowAndSoldierPatterns::advanceBlock),
    /** Two long white bars and a small one that rides on them. */
    STALLED_PATTERN("CDLSTALLEDPATTERN", 13, CrowAndSoldierPatterns::stalledPattern),
    /** A harami that the next bar confirms. */
    THREE_INSIDE("CDL3INSIDE", 13, ThreeBarPatterns::threeInside),
    /** An engulfing that the next bar confirms. */
    THREE_OUTSIDE("CDL3OUTSIDE", 4, ThreeBarPatterns::threeOutside),
    /** Two black bars with the same close around a white one. */
    STICK_SANDWICH("CDLSTICKSANDWICH", 8, ThreeBarPatterns::stickSandwich),
    /** Two white bars of one size side by side after a gap. */
    GAP_SIDE_BY_SIDE_WHITE("CDLGAPSIDESIDEWHITE", 8, ThreeBarPatterns::gapSideBySideWhite),
    /** A bar that goes back into a gap and does not close it. */
    TASUKI_GAP("CDLTASUKIGAP", 8, ThreeBarPatterns::tasukiGap),
    /** A bar that closes a gap between two of the other colour. */
    GAP_THREE_METHODS("CDLXSIDEGAP3METHODS", 3, ThreeBarPatterns::gapThreeMethods),
    /** Three bars one way that the fourth undoes. */
    THREE_LINE_STRIKE("CDL3LINESTRIKE", 9, LongPatterns::threeLineStrike),
    /** Four black bars, the last around the whole third. */
    CONCEALING_BABY_SWALLOW("CDLCONCEALBABYSWALL", 14, LongPatterns::concealingBabySwallow),
    /** A run away by a gap, undone by the fifth bar. */
    BREAKAWAY("CDLBREAKAWAY", 15, LongPatterns::breakaway),
    /** Four black bars down, then a white one up by a gap. */
    LADDER_BOTTOM("CDLLADDERBOTTOM", 15, LongPatterns::ladderBottom),
    /** A long white bar, three small ones that hold it, a new high. */
    MAT_HOLD("CDLMATHOLD", 15, LongPatterns::matHold),
    /** A long bar, three small ones against it within its range, a long one on. */
    RISING_FALLING_THREE_METHODS(
            "CDLRISEFALL3METHODS", 15, LongPatterns::risingFallingThreeMethods),
    /** An inside bar, a break, and (200) its failure within three bars. */
    HIKKAKE("CDLHIKKAKE", 6, HikkakePatterns::hikkake),
    /** A Hikkake after a second inside bar with a close at its end. */
    MODIFIED_HIKKAKE("CDLHIKKAKEMOD", 11, HikkakePatterns::modifiedHikkake);

    /** The bars the longest pattern looks at. */
    public static final int MAX_LOOKBACK = 15;

    private final String talibName;
    private final int lookback;

    // A method reference, without state.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Rule rule;

    CandlePattern(String talibName, int lookback, Rule rule) {
        this.talibName = talibName;
        this.lookback = lookback;
        this.rule = rule;
    }

    /** What TA-Lib calls it. */
    public String talibName() {
        return talibName;
    }

    /** What a registry calls it: {@code cdl_doji}. */
    public String functionName() {
        return "cdl_" + name().toLowerCase(Locale.ROOT);
    }

    @Override
    public int lookback() {
        return lookback;
    }

    @Override
    public void compute(Bars bars, double[] out, int offset) {
        int size = bars.size();
        out[offset] = size < lookback ? Double.NaN : rule.at(bars, size - 1);
    }

    private interface Rule {
        int at(Bars b, int last);
    }
}
