package io.tidemark.job.source;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Command;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Method;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Asks the broker whether a queue is empty, in three questions.
 *
 * <ol>
 *   <li>The number of messages. It alone does not tell: RabbitMQ answers it ahead of messages that
 *       wait to enter a busy queue, and those are the ones that matter. But while it is not zero
 *       (the prefetch is used up) the next is not asked, because it would take a message out of the
 *       order.
 *   <li>{@code basic.get}, which waits its turn behind those. On a channel of its own, so that the
 *       consumer's delivery tags have no holes.
 *   <li>Anything, on the consumer's channel. That channel had been handed all of the queue's
 *       messages before the queue could answer that it is empty, and a channel works in order: its
 *       answer comes off the socket behind them.
 * </ol>
 *
 * <p>A question is put and its answer awaited apart, so that several queues are asked at the cost
 * of one. For one thread.
 */
final class QueueProbe {
    /** What an answer says. */
    enum Answer {
        /** The next question is put. */
        ASKED_ON,
        NOT_EMPTY,
        /**
         * The queue was empty at some moment since the first question was put: everything published
         * before it has come off the socket.
         */
        EMPTY
    }

    private enum Question {
        COUNT,
        GET,
        REACH_CONSUMER
    }

    private final Connection connection;
    private final Channel consuming;
    private final String queue;
    private @Nullable Channel asking;

    private Question question = Question.COUNT;
    private CompletableFuture<Command> answer = new CompletableFuture<>();

    QueueProbe(Connection connection, Channel consuming, String queue) {
        this.connection = connection;
        this.consuming = consuming;
        this.queue = queue;
    }

    /** Puts the first question; {@link #hear} is to be called until it does not ask on. */
    void ask() throws IOException {
        put(Question.COUNT, open(), count());
    }

    /** Waits for the answer, and puts the next question when there is one. */
    Answer hear() throws IOException {
        Method said = answered().getMethod();
        switch (question) {
            case COUNT -> {
                if (((AMQP.Queue.DeclareOk) said).getMessageCount() > 0) {
                    return Answer.NOT_EMPTY;
                }
                put(Question.GET, open(), new AMQP.Basic.Get.Builder().queue(queue).build());
                return Answer.ASKED_ON;
            }
            case GET -> {
                if (said instanceof AMQP.Basic.GetOk message) {
                    open().basicNack(message.getDeliveryTag(), false, true);
                    return Answer.NOT_EMPTY;
                }
                put(Question.REACH_CONSUMER, consuming, count());
                return Answer.ASKED_ON;
            }
            case REACH_CONSUMER -> {
                return Answer.EMPTY;
            }
        }
        throw new AssertionError(question);
    }

    private void put(Question next, Channel channel, Method method) throws IOException {
        question = next;
        answer = channel.asyncCompletableRpc(method);
    }

    private Method count() {
        return new AMQP.Queue.Declare.Builder().queue(queue).passive(true).build();
    }

    private Command answered() throws IOException {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while asking about queue " + queue);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ShutdownSignalException closed) {
                throw closed;
            }
            throw new IOException("the broker must answer about queue " + queue, e.getCause());
        }
    }

    /** Returns when the broker has worked on everything sent to it on the consumer's channel. */
    void reachConsumer() throws IOException {
        consuming.messageCount(queue);
    }

    /** Messages that no consumer has been given. */
    long backlog() throws IOException {
        return open().messageCount(queue);
    }

    private Channel open() throws IOException {
        Channel current = asking;
        if (current == null || !current.isOpen()) {
            // The broker closes a channel that asks for a queue that is gone for a moment.
            current = connection.createChannel();
            asking = current;
        }
        return current;
    }
}
