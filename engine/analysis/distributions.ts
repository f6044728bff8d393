import type { VariantStatistics } from "../statistics/flag_statistics.ts";
import type { SketchRanks } from "../statistics/sketch_ranks.ts";
import type {
  DistributionAnalysis,
  DistributionVariant,
} from "./distribution.ts";
import { SKETCHES } from "./quantile_metrics.ts";
import type { Shared } from "./shared.ts";

/** The distributions that any variant has values of. */
export function distributionsOf(
  variants: readonly VariantStatistics[],
  shared: Shared,
): DistributionAnalysis[] {
  return SKETCHES.map(({ sketch, label, unit, display, scale }) => ({
    metric: sketch,
    label,
    unit,
    display,
    variants: variants.map(({ name, sketches }) =>
      binned(name, shared.ranks(sketches[sketch]), scale)
    ),
  })).filter(({ variants }) => variants.some(({ count }) => count > 0));
}

const EMPTY = { count: 0, buckets: [], cumulative: [] };

function binned(
  variant_name: string,
  ranks: SketchRanks | null,
  scale: number,
): DistributionVariant {
  const counts = new Map<number, number>();
  const { buckets, cumulative, count: total } = ranks ?? EMPTY;
  buckets.forEach((bucket, place) => {
    const first = bucket - bucket % widthAt(bucket);
    const values = (cumulative[place] ?? 0) - (cumulative[place - 1] ?? 0);
    counts.set(first, (counts.get(first) ?? 0) + values);
  });
  return {
    variant_name,
    count: total,
    bins: [...counts].sort(([a], [b]) => a - b).map(([first, count]) => ({
      lower: floorOf(first) * scale,
      upper: floorOf(first + widthAt(first)) * scale,
      count,
      share: count / total,
    })),
  };
}

/** Buckets that make one of eight bins of a power of two. */
function widthAt(bucket: number): number {
  if (bucket >= 64) return 8;
  return bucket >= 32 ? 4 : bucket >= 16 ? 2 : 1;
}

/** The least value in a bucket; see engine/sketch.ts. */
function floorOf(bucket: number): number {
  return bucket < 64
    ? bucket
    : (64 + bucket % 64) * 2 ** (Math.floor(bucket / 64) - 1);
}
