import assert from "node:assert/strict";
import type {
  MetricStatus,
  MetricVariant,
} from "../../engine/analysis/metric_analysis.ts";
import { type FoldedVariants, foldVariants } from "./fold_variants.ts";

function variant(
  difference: number,
  status: MetricStatus = "unclear",
): MetricVariant {
  const interval = { lower: difference - 1, upper: difference + 1 };
  return {
    variant_name: `${status} ${difference}`,
    estimate: difference,
    interval,
    always_valid_interval: interval,
    users: 100,
    numerator: null,
    denominator: 100,
    chance_to_be_best: null,
    comparison: {
      status,
      missing: [],
      absolute: {
        estimate: difference,
        always_valid: interval,
        fixed: interval,
      },
      relative: null,
      p_values: null,
      chance_to_beat_control: null,
      expected_loss: null,
      users_left: null,
      days_left: null,
    },
  };
}

function differences({ first, folded, last }: FoldedVariants): unknown {
  return [first, folded, last].map((part) =>
    part.map(({ estimate }) => estimate)
  );
}

const TWELVE = [5, -1, 0, 7, 2, 9, -4, 3, 8, 1, 6, 4].map((difference) =>
  variant(difference)
);

Deno.test("foldVariants() leaves a few as they are", () => {
  assert.deepEqual(
    differences(foldVariants(TWELVE.slice(0, 8), "higher_is_better", null)),
    [[5, -1, 0, 7, 2, 9, -4, 3], [], []],
  );
});

Deno.test("foldVariants() shows the best and the worst of many, in the metric's direction", () => {
  assert.deepEqual(
    differences(foldVariants(TWELVE, "higher_is_better", null)),
    [[9, 8, 7], [6, 5, 4, 3, 2, 1, 0], [-1, -4]],
  );
  assert.deepEqual(
    differences(foldVariants(TWELVE, "lower_is_better", null)),
    [[-4, -1, 0], [1, 2, 3, 4, 5, 6, 7], [8, 9]],
  );
});

Deno.test("foldVariants() never folds the variant that the decision is about", () => {
  assert.deepEqual(
    differences(foldVariants(TWELVE, "higher_is_better", "unclear 3")),
    [[9, 8, 7, 3], [6, 5, 4, 2, 1, 0], [-1, -4]],
  );
  assert.deepEqual(
    differences(foldVariants(TWELVE, "higher_is_better", "unclear -4")),
    [[9, 8, 7], [6, 5, 4, 3, 2, 1, 0], [-1, -4]],
  );
});

Deno.test("foldVariants() takes none with too few data for a best or a worst one", () => {
  const few = [100, -100].map((one) => variant(one, "not_enough_data"));
  assert.deepEqual(
    differences(foldVariants([...few, ...TWELVE], "higher_is_better", null)),
    [[9, 8, 7], [6, 5, 4, 3, 2, 1, 0, 100, -100], [-1, -4]],
  );
  const none = TWELVE.map(({ estimate }) =>
    variant(estimate ?? 0, "not_enough_data")
  );
  assert.deepEqual(
    differences(foldVariants(none, "higher_is_better", null)),
    [[5, -1, 0, 7, 2], [9, -4, 3, 8, 1, 6, 4], []],
  );
});
