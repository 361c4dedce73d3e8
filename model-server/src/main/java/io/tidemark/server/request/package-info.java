/**
 * What every request passes: identity, headers, parameters, log line. Start at {@link
 * io.tidemark.server.request.Route}.
 */
@NullMarked
package io.tidemark.server.request;

import org.jspecify.annotations.NullMarked;
