@NullMarked
package io.tidemark.local.demo;

import org.jspecify.annotations.NullMarked;
