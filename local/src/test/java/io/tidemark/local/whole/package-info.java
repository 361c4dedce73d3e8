/** The platform as a whole, on a real RabbitMQ and a real PostgreSQL where they are named. */
@NullMarked
package io.tidemark.local.whole;

import org.jspecify.annotations.NullMarked;
