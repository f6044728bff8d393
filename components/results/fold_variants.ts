import type {
  MetricAnalysis,
  MetricVariant,
} from "../../engine/analysis/metric_analysis.ts";

/** Up to so many variants beside the control are all shown, in their order. */
const ALL_SHOWN = 8;
const BEST_SHOWN = 3;
const WORST_SHOWN = 2;

/** A metric's variants beside the control: what is shown, and what is folded. */
export interface FoldedVariants {
  /** From the best on. */
  readonly first: readonly MetricVariant[];
  /** To be unfolded; empty where all are shown. */
  readonly folded: readonly MetricVariant[];
  /** Down to the worst; empty where too few can be ranked. */
  readonly last: readonly MetricVariant[];
}

/**
 * Ranks many variants by their difference from the control, and folds the
 * middle. One with too few data is neither a best nor a worst one.
 *
 * @param others All variants but the control.
 * @param always The variant that the decision is about: never folded.
 */
export function foldVariants(
  others: readonly MetricVariant[],
  direction: MetricAnalysis["direction"],
  always: string | null,
): FoldedVariants {
  if (others.length <= ALL_SHOWN) {
    return { first: others, folded: [], last: [] };
  }
  const sign = direction === "higher_is_better" ? 1 : -1;
  const goodness = new Map(others.map((one) => {
    const difference = differenceOf(one);
    return [one, difference === null ? null : sign * difference];
  }));
  const ranked = others.filter((one) => goodness.get(one) !== null)
    .sort((a, b) => (goodness.get(b) ?? 0) - (goodness.get(a) ?? 0));
  const all = [...ranked, ...others.filter((one) => !ranked.includes(one))];
  const shown = BEST_SHOWN + WORST_SHOWN;
  const last = ranked.length < shown ? [] : ranked.slice(-WORST_SHOWN);
  const first = all.slice(0, shown - last.length);
  const rest = all.filter((one) => !first.includes(one) && !last.includes(one));
  const isAlways = (one: MetricVariant): boolean => one.variant_name === always;
  return {
    first: [...first, ...rest.filter(isAlways)],
    folded: rest.filter((one) => !isAlways(one)),
    last,
  };
}

/** What variants are ranked by; null where there are too few data. */
function differenceOf({ comparison }: MetricVariant): number | null {
  if (comparison === null || comparison.status === "not_enough_data") {
    return null;
  }
  return comparison.absolute?.estimate ?? null;
}
