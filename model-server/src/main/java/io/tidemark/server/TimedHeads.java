package io.tidemark.server;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.internal.HttpConnection;

/**
 * HTTP/1.1 whose request heads must be there whole within a time from their first byte. Jetty has
 * an idle timeout only, which a byte now and then keeps from passing. A connection whose head is
 * late is closed without an answer.
 */
final class TimedHeads extends HttpConnectionFactory {
    private final long limitNanos;

    TimedHeads(HttpConfiguration http, Duration limit) {
        super(http);
        limitNanos = limit.toNanos();
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
        Timed connection = new Timed(getHttpConfiguration(), connector, endPoint, limitNanos);
        connection.setTransferEncodingChunkMaxLength(getTransferEncodingChunkMaxLength());
        return configure(connection, connector, endPoint);
    }

    /** At most one task watches it, and only while a head came in part. */
    private static final class Timed extends HttpConnection {
        private final long limitNanos;
        private volatile boolean inHead;
        private volatile long begunNanos;
        private volatile boolean watched;

        Timed(HttpConfiguration http, Connector connector, EndPoint endPoint, long limitNanos) {
            super(http, connector, endPoint);
            this.limitNanos = limitNanos;
        }

        @Override
        public void onFillable() {
            super.onFillable();
            if (inHead && !watched) {
                watched = true;
                watch();
            }
        }

        private void watch() {
            long left = limitNanos - (System.nanoTime() - begunNanos);
            var unused =
                    getConnector()
                            .getScheduler()
                            .schedule(this::look, Math.max(0, left), TimeUnit.NANOSECONDS);
        }

        /** When it takes a finished head for none, the next byte of the next one starts anew. */
        private void look() {
            if (!inHead || !getEndPoint().isOpen()) {
                watched = false;
            } else if (System.nanoTime() - begunNanos < limitNanos) {
                watch();
            } else {
                getEndPoint().close(new TimeoutException("the request's head takes too long"));
            }
        }

        @Override
        protected RequestHandler newRequestHandler() {
            return new RequestHandler() {
                @Override
                public void messageBegin() {
                    begunNanos = System.nanoTime();
                    inHead = true;
                    super.messageBegin();
                }

                @Override
                public boolean headerComplete() {
                    inHead = false;
                    return super.headerComplete();
                }

                @Override
                public void badMessage(HttpException failure) {
                    inHead = false;
                    super.badMessage(failure);
                }
            };
        }
    }
}
