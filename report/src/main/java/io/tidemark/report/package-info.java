/**
 * Pages to look at beside what they tell of: one file of HTML each, with everything in it. Start at
 * {@link io.tidemark.report.ReportPage}.
 */
@NullMarked
package io.tidemark.report;

import org.jspecify.annotations.NullMarked;
