package io.tidemark.schemas.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class FeatureRowSchemaTest {
    @Test
    void isAFunctionOfVersionAndNames() {
        Schema one = FeatureRowSchema.of("1.0.0", List.of("mid_price", "ret_60s"));
        Schema two = FeatureRowSchema.of("1.0.0", List.of("mid_price", "ret_60s"));
        assertThat(one.toString()).isEqualTo(two.toString());
    }

    @Test
    void hasTheColumnsOfEveryRowThenTheFeaturesInTheirOrder() {
        Schema schema = FeatureRowSchema.of("1.0.0", List.of("mid_price", "ret_60s"));
        assertThat(schema.getFields())
                .extracting(Schema.Field::name)
                .containsExactly(
                        "symbol",
                        "grid_time",
                        "registry_version",
                        "completeness",
                        "event_count",
                        "max_event_time",
                        "mid_price",
                        "ret_60s");
        assertThat(schema.getField("mid_price").pos()).isEqualTo(FeatureRowSchema.BASE_COLUMNS);
        assertThat(schema.getField("mid_price").schema().isNullable()).isTrue();
        assertThat(schema.getFields()).allSatisfy(field -> assertThat(field.doc()).isNotBlank());
    }

    @Test
    void refusesANameThatCannotBeAColumn() {
        assertThatThrownBy(() -> FeatureRowSchema.of("1.0.0", List.of("mid-price")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("got 'mid-price' in registry 1.0.0");
    }

    @Test
    void refusesANameThatIsTaken() {
        assertThatThrownBy(() -> FeatureRowSchema.of("1.0.0", List.of("symbol")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the column 'symbol' is taken, in registry 1.0.0");
        assertThatThrownBy(() -> FeatureRowSchema.of("1.0.0", List.of("a", "a")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the column 'a' is taken, in registry 1.0.0");
    }
}
