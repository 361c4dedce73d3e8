package io.tidemark.server.models;

import io.tidemark.server.dataset.DatasetOrder;
import io.tidemark.server.dataset.DatasetOrders;
import io.tidemark.server.dataset.StoredDataset;
import io.tidemark.server.training.DatasetRefusedException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleConsumer;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A dataset that a training asks for, and waits for. */
final class OrderedDataset {
    /** How much of a training's time is about spent on its dataset. */
    static final double SHARE = 0.5;

    private static final Logger LOG = LoggerFactory.getLogger(OrderedDataset.class);
    private static final long LOOK_MILLIS = 300;

    private final DatasetOrders orders;

    OrderedDataset(DatasetOrders orders) {
        this.orders = orders;
    }

    void ask(DatasetOrder order, String traceId) {
        var unused = orders.add(order, traceId);
    }

    /**
     * Returns when it is ready. A database that is away is waited for.
     *
     * @param progress told the share that is done, from 0 to 1
     * @throws DatasetRefusedException when it will not be, saying why
     * @throws CancellationException when the thread was interrupted; the build is cancelled too
     */
    void await(String id, DoubleConsumer progress) throws DatasetRefusedException {
        try {
            while (!isReady(id, progress)) {
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException e) {
            cancel(id);
            throw new CancellationException("training was cancelled");
        }
    }

    private boolean isReady(String id, DoubleConsumer progress) throws DatasetRefusedException {
        StoredDataset now;
        try {
            now =
                    orders.find(id)
                            .orElseThrow(
                                    () ->
                                            new DatasetRefusedException(
                                                    "dataset %s was deleted".formatted(id)));
        } catch (JdbiException e) {
            LOG.warn("how far dataset {} is cannot be read", id, e);
            return false;
        }
        progress.accept(now.fraction());
        return switch (now.status()) {
            case "queued", "building" -> false;
            case "ready" -> true;
            default ->
                    throw new DatasetRefusedException(
                            "dataset %s is %s%s"
                                    .formatted(
                                            id,
                                            now.status(),
                                            now.error() == null ? "" : ": " + now.error()));
        };
    }

    private void cancel(String id) {
        try {
            orders.cancel(id);
        } catch (JdbiException e) {
            LOG.warn("dataset {} cannot be cancelled", id, e);
        }
    }
}
