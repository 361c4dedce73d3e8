/**
 * The ledger, read: how many messages met each fate. The job writes it. Start at {@link
 * io.tidemark.server.ledger.LedgerResource}.
 */
@NullMarked
package io.tidemark.server.ledger;

import org.jspecify.annotations.NullMarked;
