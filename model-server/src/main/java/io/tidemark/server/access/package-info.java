/**
 * Who may call: API keys and cross-origin rules. Start at {@link
 * io.tidemark.server.access.ApiKeys}.
 */
@NullMarked
package io.tidemark.server.access;

import org.jspecify.annotations.NullMarked;
