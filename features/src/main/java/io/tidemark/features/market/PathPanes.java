package io.tidemark.features.market;

import io.tidemark.features.book.BookChange;
import io.tidemark.features.book.DeepestFeed;
import io.tidemark.schemas.event.Trade;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rings a feature set wants beside the sums of trades, and what each is told. */
final class PathPanes implements PathView {
    private final @Nullable SignPanes signs;
    private final @Nullable GapPanes gaps;
    private final @Nullable LargeTradePanes largeTrades;
    private final @Nullable BookFlowPanes bookFlow;
    private final @Nullable SpreadPanes spreads;
    private final @Nullable TickerPanes ticker;
    private final FoldedRings rings;

    PathPanes(PaneGeometry geometry, DeepestFeed feed) {
        PanesWanted wanted = geometry.wanted();
        signs = wanted.signMicros() > 0 ? new SignPanes(geometry) : null;
        gaps = wanted.gapMicros() > 0 ? new GapPanes(geometry) : null;
        largeTrades = wanted.largeMicros() > 0 ? new LargeTradePanes(geometry) : null;
        bookFlow = wanted.bookMicros() > 0 ? new BookFlowPanes(geometry, feed) : null;
        spreads = wanted.spreadMicros() > 0 ? new SpreadPanes(geometry, feed.book()) : null;
        ticker = wanted.tickerMicros() > 0 ? new TickerPanes(geometry) : null;
        List<FoldedPanes> all = new ArrayList<>();
        add(all, signs);
        add(all, gaps);
        add(all, largeTrades);
        add(all, bookFlow);
        add(all, spreads);
        add(all, ticker);
        rings = new FoldedRings(all);
    }

    private static void add(List<FoldedPanes> all, @Nullable FoldedPanes ring) {
        if (ring != null) {
            all.add(ring);
        }
    }

    FoldedRings rings() {
        return rings;
    }

    /** A trade happened in the open pane. */
    void accept(Trade trade) {
        if (signs != null) {
            signs.accept(trade);
        }
        if (gaps != null) {
            gaps.accept(trade);
        }
        if (largeTrades != null) {
            largeTrades.accept(trade);
        }
    }

    /** A book message came in the open pane. */
    void accept(BookChange change) {
        if (bookFlow != null) {
            bookFlow.accept(change);
        }
        if (spreads != null) {
            spreads.accept();
        }
    }

    /** A ticker message came in the open pane. */
    void accept(TickerView merged, long timeMicros) {
        if (ticker != null) {
            ticker.accept(merged, timeMicros);
        }
    }

    @Override
    public SignView signs() {
        return kept(signs, "signs of trades");
    }

    @Override
    public GapView gaps() {
        return kept(gaps, "gaps between trades");
    }

    @Override
    public LargeTradeView largeTrades() {
        return kept(largeTrades, "large trades");
    }

    @Override
    public BookFlowView bookFlow() {
        return kept(bookFlow, "book flow");
    }

    @Override
    public SpreadView spreads() {
        return kept(spreads, "past spreads");
    }

    @Override
    public PastTickerView pastTicker() {
        return kept(ticker, "past ticker");
    }

    private static <T> T kept(@Nullable T ring, String what) {
        if (ring == null) {
            throw new IllegalStateException(what + ": not kept for this feature set");
        }
        return ring;
    }
}
