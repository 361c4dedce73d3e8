/** What the engine costs: JMH, one class per question, registry 1.0.0. */
@NullMarked
package io.tidemark.bench.engine;

import org.jspecify.annotations.NullMarked;
