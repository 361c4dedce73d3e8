/**
 * Settings: defaults, YAML file, environment and flags read as one typed set, every problem told at
 * once. Start at {@link io.tidemark.schemas.settings.SettingsReader}.
 */
@NullMarked
package io.tidemark.schemas.settings;

import org.jspecify.annotations.NullMarked;
