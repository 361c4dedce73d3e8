@NullMarked
package io.tidemark.local.testdata;

import org.jspecify.annotations.NullMarked;
