/**
 * The REST contract as a document and as a page. Start at {@link
 * io.tidemark.server.docs.DocsResource}.
 */
@NullMarked
package io.tidemark.server.docs;

import org.jspecify.annotations.NullMarked;
